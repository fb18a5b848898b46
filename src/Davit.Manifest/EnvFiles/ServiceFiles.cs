using Davit.Manifest.Interpolation;
using Davit.Manifest.Loading;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.EnvFiles;

/// <summary>Puts the values of <c>env_file</c> and <c>label_file</c> into the services that name them.</summary>
internal sealed class ServiceFiles(LoadSession session, VariableScope scope)
{
    public void ApplyVariables(MapNode service, string path)
    {
        var own = service["environment"] as MapNode ?? service.MapHere();
        var values = own.Entries.Where(e => e.Value.AsText is not null).ToDictionary(e => e.Key, e => e.Value.AsText!, StringComparer.Ordinal);
        var given = new Dictionary<string, string>(values, StringComparer.Ordinal);
        var files = (service["env_file"] as ListNode)?.Items.OfType<MapNode>().ToArray() ?? [];
        foreach (var file in files)
            Read(file, path, name => scope[name] ?? (given.TryGetValue(name, out var known) ? known : null), values);
        service.Remove("env_file");
        if (files.Length is 0)
            return;

        var merged = own.MapHere();
        foreach (var (name, value) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
            merged[name] = own[name] ?? files[0].TextHere(value);
        foreach (var (name, value) in own.Entries)
            merged[name] = value;
        merged.TakeKeyPlaces(own);
        service["environment"] = merged.Count > 0 ? merged : null;
    }

    public void ApplyLabels(MapNode service)
    {
        if (service["label_file"] is not ListNode files)
            return;
        service.Remove("label_file");
        var labels = service.MapHere();
        foreach (var file in files.Items.Where(f => f.AsText is not null))
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            new EnvFileReader(session).Read(file.AsText!, file.At, name => labels[name]?.AsText, values);
            foreach (var (name, value) in values)
                labels[name] = file.TextHere(value);
        }

        foreach (var (name, value) in service.Child("labels").Entries)
            labels[name] = value;
        service["labels"] = labels.Count > 0 ? labels : null;
    }

    private void Read(MapNode file, string path, Func<string, string?> lookup, Dictionary<string, string> values)
    {
        if (file["path"] is not ScalarNode { Kind: ScalarKind.Text } name)
        {
            session.Faults.Error(ManifestProblems.EnvFileMissing, $"{path}.env_file names no file", file.At, path);
            return;
        }

        var isOptional = file["required"] is ScalarNode { Kind: ScalarKind.Bool, Text: "false" };
        if (isOptional && session.Request.Source.Look(name.Text) is SourceEntry.Missing)
            return;
        switch (file["format"]?.AsText)
        {
            case null or "":
                new EnvFileReader(session).Read(name.Text, name.At, lookup, values);
                break;
            case "raw":
                if (session.Read(name.Text, name.At, ManifestProblems.EnvFileMissing) is { } bytes)
                    RawEnvFile.Read(EnvFileReader.Text(bytes), lookup, values);
                break;
            case var format:
                session.Faults.Error(ManifestProblems.NotAllowed, $"{path}.env_file: the format '{format}' is not known; leave it out or write raw", file["format"]!.At, path);
                break;
        }
    }
}
