using Davit.Manifest.Rules;
using Davit.Manifest.Yaml;

namespace Davit.Manifest.Normalizing;

/// <summary>Writes out values that count when nothing is said.</summary>
internal static class Defaults
{
    private delegate void Fill(MapNode map);

    private static readonly PathRules<Fill> Rules = PathRules<Fill>.Of(
        ("services.*.build", m => m["context"] ??= m.TextHere(".")),
        ("services.*.secrets.*", m => m["target"] ??= m.TextHere($"/run/secrets/{m["source"]?.AsText}")),
        ("services.*.ports.*", Port),
        ("services.*.deploy.resources.reservations.devices.*", Device),
        ("services.*.gpus.*", Device));

    public static void Apply(MapNode model) => Walk(model, Rules);

    private static void Walk(Node node, PathRules<Fill>? rules)
    {
        switch (node)
        {
            case MapNode map when rules is not null:
                if (rules.TryRule(out var fill))
                    fill(map);
                foreach (var (key, value) in map.Entries)
                    Walk(value, rules.Step(key));
                break;
            case ListNode list when rules?.StepItem() is { } item:
                foreach (var value in list.Items)
                    Walk(value, item);
                break;
        }
    }

    private static void Port(MapNode port)
    {
        port["protocol"] ??= port.TextHere("tcp");
        port["mode"] ??= port.TextHere("ingress");
    }

    private static void Device(MapNode device)
    {
        if (!device.Has("count") && !device.Has("device_ids"))
            device["count"] = device.TextHere("all");
    }
}
