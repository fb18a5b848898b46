using Davit.Manifest.Interpolation;
using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.Normalizing;

/// <summary>Writes out what a whole model implies: the default network, names on the engine, dependencies by links.</summary>
internal sealed class Normalizer(string projectName, VariableScope scope)
{
    private static readonly string[] Namespaces = ["network_mode", "ipc", "pid", "uts", "cgroup"];

    public void Apply(MapNode model)
    {
        model["name"] = model["name"]?.TextHere(projectName) ?? ScalarNode.OfText(projectName);
        DefaultNetwork(model);
        foreach (var service in Services(model))
            Service(service);
        foreach (var section in (string[])["networks", "volumes", "configs", "secrets"])
            Names(model, section);
    }

    private static IEnumerable<MapNode> Services(MapNode model) => model.Child("services").Entries.Select(e => e.Value).OfType<MapNode>();

    private static void DefaultNetwork(MapNode model)
    {
        var usesDefault = false;
        foreach (var service in Services(model).Where(s => !s.Has("provider") && !s.Has("network_mode")))
        {
            if (service["networks"] is not MapNode { Count: > 0 } networks)
            {
                service["networks"] = networks = service.MapHere();
                networks["default"] = service.NullHere();
            }

            usesDefault |= networks.Has("default");
        }

        if (!usesDefault)
            return;
        if (model["networks"] is not MapNode all)
            model["networks"] = all = model.MapHere();
        all["default"] ??= model.NullHere();
    }

    private void Service(MapNode service)
    {
        if (service["pull_policy"] is { } policy && policy.AsText is "if_not_present")
            service["pull_policy"] = policy.TextHere("missing");
        if (service["build"] is MapNode build)
            Build(build);
        if (service["environment"] is { } environment)
            service["environment"] = EnvironmentValues.Known(environment, scope, keepUnknown: true);
        foreach (var mount in service["volumes"] is ListNode volumes ? volumes.Items.OfType<MapNode>() : [])
        {
            if (mount["target"]?.AsText is { Length: > 0 } target)
                mount["target"] = mount["target"]!.TextHere(GoPath.Clean(target));
        }

        foreach (var hook in service["pre_start"] is ListNode hooks ? hooks.Items.OfType<MapNode>() : [])
            hook["image"] ??= service["image"]?.Clone();
        Implied(service);
    }

    private void Build(MapNode build)
    {
        build["context"] ??= build.TextHere(".");
        if (build["dockerfile"] is not { IsNull: false } && build["dockerfile_inline"] is not { IsNull: false })
            build["dockerfile"] = build.TextHere("Dockerfile");
        if (build["args"] is { } args)
            build["args"] = EnvironmentValues.Known(args, scope, keepUnknown: false);
    }

    private static void Implied(MapNode service)
    {
        var dependencies = service["depends_on"] as MapNode ?? service.MapHere();
        foreach (var link in Texts(service["links"]))
            Depend(dependencies, link, link.AsText!.Split(':') is [var name, _] ? name : link.AsText!, restart: true);
        foreach (var key in Namespaces)
        {
            if (service[key] is { AsText: { } shared } node && shared.StartsWith("service:", StringComparison.Ordinal))
                Depend(dependencies, node, shared["service:".Length..], restart: true);
        }

        foreach (var volumes in Texts(service["volumes_from"]).Where(v => !v.AsText!.StartsWith("container:", StringComparison.Ordinal)))
            Depend(dependencies, volumes, volumes.AsText!.Split(':')[0], restart: false);
        if (dependencies.Count > 0)
            service["depends_on"] = dependencies;
    }

    private static void Depend(MapNode dependencies, Node at, string name, bool restart)
    {
        if (dependencies.Has(name))
            return;
        var dependency = at.MapHere();
        dependency["condition"] = at.TextHere("service_started");
        dependency["restart"] = at.BoolHere(restart);
        dependency["required"] = at.BoolHere(true);
        dependencies[name] = dependency;
    }

    private void Names(MapNode model, string section)
    {
        if (model[section] is not MapNode all)
            return;
        foreach (var (key, value) in all.Snapshot())
        {
            var resource = value as MapNode ?? value.MapHere();
            if (resource["name"] is not { IsNull: false })
                resource["name"] = resource.TextHere(resource["external"] is ScalarNode { IsTrue: true } ? key : $"{projectName}_{key}");
            all[key] = resource;
        }
    }

    private static IEnumerable<Node> Texts(Node? node) => node is ListNode list ? list.Items.Where(i => i.AsText is not null) : [];
}
