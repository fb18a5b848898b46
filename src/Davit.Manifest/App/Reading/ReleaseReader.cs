using System.Collections.Immutable;
using Davit.Manifest.Suggestions;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>Reads release commands and checks.</summary>
internal sealed class ReleaseReader(IReadOnlyDictionary<string, ServiceDraft> services)
{
    public ImmutableArray<ReleaseCommandSpec> Commands(Reader davit)
    {
        var commands = davit.Items("release").Select(Command).ToImmutableArray();
        Unique(davit, "release", commands.Select(c => c.Name));
        return commands;
    }

    public ImmutableArray<CheckSpec> Checks(Reader davit)
    {
        var checks = davit.Items("checks").Select(Check).OfType<CheckSpec>().ToImmutableArray();
        Unique(davit, "checks", checks.Select(c => c.Name));
        return checks;
    }

    private ReleaseCommandSpec Command(Reader r)
    {
        if (r.Texts("command").IsEmpty)
            r.Error(ManifestProblems.ReleaseCommandInvalid, $"{r.Path} needs a command as a list", "command");
        return new ReleaseCommandSpec(r.Text("name") ?? "", Service(r) ?? "", r.Texts("command"))
        {
            When = r.Text("when") switch { "after" => ReleaseMoment.After, "manual" => ReleaseMoment.Manual, _ => ReleaseMoment.Before },
            Deadline = r.Duration("deadline") ?? TimeSpan.FromMinutes(10),
            IsBackward = r.Flag("backward"),
        };
    }

    private CheckSpec? Check(Reader r)
    {
        var service = Service(r);
        if (r.Has("http") == r.Has("command"))
        {
            r.Error(ManifestProblems.ReleaseCommandInvalid, $"{r.Path} needs one of http and command", "");
            return null;
        }

        if (r.Has("command") && service is null)
        {
            r.Error(ManifestProblems.ReleaseCommandInvalid, $"{r.Path}: a command needs a service to run in", "command");
            return null;
        }

        return new CheckSpec(r.Text("name") ?? "", r.Has("http") ? Http(r.Child("http")) : new CheckProbe.Command(service!, r.Texts("command")))
        {
            Service = service,
            Timeout = r.Duration("timeout") ?? TimeSpan.FromSeconds(10),
            Attempts = r.Int("attempts") ?? 3,
        };
    }

    private static CheckProbe.Http Http(Reader r) => new(r.Text("path") ?? "/")
    {
        Method = r.Text("method")?.ToUpperInvariant() ?? "GET",
        Host = r.Text("host"),
        Headers = r.Pairs("headers"),
        Expect = HealthReader.Statuses(r, "expect"),
        Body = r.Text("body"),
    };

    private string? Service(Reader r)
    {
        if (r.Text("service") is not { } name)
            return null;
        if (!services.ContainsKey(name))
            r.Faults.Error(ManifestProblems.ReleaseCommandInvalid, $"{r.Path} names the unknown service '{name}'", r.At("service"), r.Path, Suggest.For(name, services.Keys));
        return name;
    }

    private static void Unique(Reader davit, string key, IEnumerable<string> names)
    {
        if (names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            davit.Error(ManifestProblems.ReleaseCommandInvalid, $"{key} holds '{twice.Key}' twice", key);
    }
}
