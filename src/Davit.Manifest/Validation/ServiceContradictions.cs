using System.Globalization;
using Davit.Manifest.Loading;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Validation;

/// <summary>Values of one service that must agree when both are given.</summary>
internal sealed class ServiceContradictions(MapNode service, string path, FaultSink faults)
{
    private static readonly (string Short, string Section, string Long)[] Pairs =
    [
        ("cpus", "limits", "cpus"),
        ("mem_limit", "limits", "memory"),
        ("mem_reservation", "reservations", "memory"),
        ("pids_limit", "limits", "pids"),
    ];

    public void Check()
    {
        var deploy = service.Child("deploy");
        if (service["scale"] is ScalarNode scale && deploy["replicas"] is ScalarNode replicas && scale.Text != replicas.Text)
            Say($"scale is {scale.Text} but deploy.replicas is {replicas.Text}", replicas);
        if (service["scale"] is ScalarNode { Kind: ScalarKind.Integer } wanted && service["deploy"] is MapNode given)
            given["replicas"] = wanted;
        foreach (var (shortKey, section, longKey) in Pairs)
        {
            if (service[shortKey] is ScalarNode value && deploy.Child("resources")[section] is MapNode resources && !Same(value, resources[longKey]))
                Say($"{shortKey} and deploy.resources.{section}.{longKey} differ", resources[longKey] ?? value);
        }

        ContainerName();
        foreach (var watch in service.Child("develop")["watch"] is ListNode list ? list.Items.OfType<MapNode>() : [])
        {
            if (!watch.Has("target") && watch["action"]?.AsText is not ("rebuild" or "restart"))
                Say("develop.watch needs a target for this action", watch);
        }
    }

    private void ContainerName()
    {
        var scale = (service["scale"] ?? service.Child("deploy")["replicas"]) as ScalarNode;
        if (service["container_name"] is { } name && scale is not null && scale.TryLong(out var count) && count > 1)
            Say("container_name and more than one instance exclude each other", name);
    }

    private void Say(string message, Node at) => faults.Error(ManifestProblems.Contradiction, $"{path}: {message}", at.At, path);

    private static bool Same(ScalarNode value, Node? other) => other is ScalarNode scalar
        && (scalar.Text == value.Text
            || (double.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var a) && double.TryParse(value.Text, CultureInfo.InvariantCulture, out var b) && a.Equals(b)));
}
