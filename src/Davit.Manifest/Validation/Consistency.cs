using Davit.Manifest.Loading;
using Davit.Manifest.Suggestions;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Validation;

/// <summary>Rules that need the whole model: everything that is used is defined, and nothing contradicts itself.</summary>
internal sealed class Consistency(MapNode model, ActiveServices services, FaultSink faults)
{
    private static readonly string[] TestKinds = ["CMD", "CMD-SHELL", "NONE"];

    public void Check()
    {
        foreach (var (name, service) in services.Active)
        {
            var path = $"services.{name}";
            Image(service, path);
            if (service["build"] is MapNode build)
                Build(service, build, path);
            Networks(service, path);
            HealthTest(service, path);
            Dependencies(service, path);
            Volumes(service, path);
            Files(service, path);
            new ServiceContradictions(service, path, faults).Check();
        }

        foreach (var (name, value) in model.Child("secrets").Entries)
            Secret(value, $"secrets.{name}");
        new DependencyGraph(services, faults).Check();
    }

    private void Image(MapNode service, string path)
    {
        if (!service.Has("build") && !service.Has("image") && !service.Has("provider"))
            faults.Error(ManifestProblems.ServiceWithoutImage, $"{path} has neither an image nor a build", service.At, path);
    }

    private void Build(MapNode service, MapNode build, string path)
    {
        if (build.Has("dockerfile_inline") && build.Has("dockerfile"))
            faults.Error(ManifestProblems.Contradiction, $"{path}.build: dockerfile and dockerfile_inline exclude each other", build.KeyAt("dockerfile"), path);
        foreach (var (_, value) in build.Child("additional_contexts").Entries)
        {
            if (value.AsText is not { } context || !context.StartsWith("service:", StringComparison.Ordinal))
                continue;
            var target = context["service:".Length..];
            if (services.Find(target) is not { } other)
                Unknown("service", target, value, path, services.All.Select(s => s.Key));
            else if (!other.Has("build"))
                faults.Error(ManifestProblems.Contradiction, $"{path}.build uses the service '{target}', which is not built", value.At, path);
        }

        var platforms = build["platforms"] is ListNode list ? list.Items.Select(i => i.AsText).ToArray() : [];
        if (platforms.Length > 0 && service["platform"]?.AsText is { } platform && !platforms.Contains(platform, StringComparer.Ordinal))
            faults.Error(ManifestProblems.Contradiction, $"{path}.build.platforms must include {platform}", service["platform"]!.At, path);
        foreach (var secret in Sources(build["secrets"]))
            Known("secrets", secret, path);
    }

    private void Networks(MapNode service, string path)
    {
        if (service.Has("network_mode") && service.Child("networks").Count > 0)
            faults.Error(ManifestProblems.Contradiction, $"{path}: network_mode and networks exclude each other", service.KeyAt("network_mode"), path);
        foreach (var (network, value) in service.Child("networks").Entries)
        {
            if (!model.Child("networks").Has(network))
                Unknown("network", network, value, path, model.Child("networks").Keys);
        }

        if (service["network_mode"] is { AsText: { } mode } node && mode.StartsWith("service:", StringComparison.Ordinal) && services.Find(mode["service:".Length..]) is null)
            Unknown("service", mode["service:".Length..], node, path, services.All.Select(s => s.Key));
    }

    private void HealthTest(MapNode service, string path)
    {
        if (service.Child("healthcheck")["test"] is ListNode { Items: [var first, ..] } && !TestKinds.Contains(first.AsText ?? "", StringComparer.Ordinal))
            faults.Error(ManifestProblems.Contradiction, $"{path}.healthcheck.test must start with CMD, CMD-SHELL or NONE", first.At, path);
    }

    private void Dependencies(MapNode service, string path)
    {
        foreach (var (name, value) in service.Child("depends_on").Entries)
        {
            if (services.Active.ContainsKey(name))
                continue;
            var isRequired = (value as MapNode)?["required"] is not ScalarNode { Kind: ScalarKind.Bool, Text: "false" };
            if (services.Find(name) is null)
                Unknown("service", name, value, path, services.All.Select(s => s.Key));
            else if (isRequired)
                faults.Error(ManifestProblems.DependencyDisabled, $"{path} depends on '{name}', whose profile is not active", value.At, path);
        }
    }

    private void Volumes(MapNode service, string path)
    {
        foreach (var mount in Items(service["volumes"]).OfType<MapNode>())
        {
            if (mount["type"]?.AsText is "volume" && mount["source"] is { AsText: { } source } node && !model.Child("volumes").Has(source))
                Unknown("volume", source, node, path, model.Child("volumes").Keys);
        }
    }

    private void Files(MapNode service, string path)
    {
        foreach (var config in Sources(service["configs"]))
            Known("configs", config, path);
        foreach (var secret in Sources(service["secrets"]))
            Known("secrets", secret, path);
        foreach (var (name, value) in service.Child("models").Entries)
        {
            if (!model.Child("models").Has(name))
                Unknown("model", name, value, path, model.Child("models").Keys);
        }
    }

    private void Secret(Node value, string path)
    {
        if (value is MapNode secret && secret["external"] is not ScalarNode { IsTrue: true } && !secret.Has("file") && !secret.Has("environment"))
            faults.Error(ManifestProblems.Contradiction, $"{path} needs a file or an environment variable", secret.At, path);
    }

    private void Known(string section, Node source, string path)
    {
        if (!model.Child(section).Has(source.AsText!))
            Unknown(section[..^1], source.AsText!, source, path, model.Child(section).Keys);
    }

    private void Unknown(string kind, string name, Node at, string path, IEnumerable<string> known) =>
        faults.Error(ManifestProblems.UnknownReference, $"{path} uses the {kind} '{(name.Length <= 60 ? name : name[..60] + "…")}', which is not defined", at.At, path, Suggest.For(name, known));

    /// <summary>What a list of files refers to; an entry that names none refers to nothing that could be defined.</summary>
    private static IEnumerable<Node> Sources(Node? list) => Items(list).OfType<MapNode>().Select(i => i["source"] ?? i.TextHere("")).Where(s => s.AsText is not null);

    private static List<Node> Items(Node? list) => (list as ListNode)?.Items ?? [];
}
