using System.Text.Json.Nodes;
using Davit.Planning.Rollouts;
using Davit.Planning.Wishes;

namespace Davit.Planning.Previews;

public enum ServiceAction
{
    Keep,
    Add,
    Replace,
    Remove,
}

/// <param name="Changes">Members that differ, as <c>process.environment.PORT</c>; values are left out because they may be secret.</param>
public sealed record ServicePreview(ServiceWish Service, ServiceAction Action, IReadOnlyList<string> Changes);

/// <summary>What deploying a wish would do to the world that was seen, and a hash that changes when either does.</summary>
public sealed record Preview(string Hash, IReadOnlyList<ServicePreview> Services, IReadOnlyList<Step> Steps)
{
    public bool IsEmpty => Steps.Count is 0;

    public static Preview Of(Rollout rollout, Sight have)
    {
        var steps = Simulation.Play(rollout, have);
        var hash = WishJson.Hash(new
        {
            wish = WishJson.Node(rollout.Wanted with { Release = default }),
            serving = rollout.Serving is { } serving ? WishJson.Node(serving) : null,
            world = have.Instances.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => $"{i.Name} {i.SpecHash} {(i.IsUp ? "up" : "down")}"),
        });
        return new(hash, [.. Compare(rollout)], steps);
    }

    private static IEnumerable<ServicePreview> Compare(Rollout rollout)
    {
        foreach (var service in rollout.Wanted.Services)
        {
            var old = rollout.Serving?.Find(service.Name);
            var action = old is null ? ServiceAction.Add
                : old.SpecHash == service.SpecHash && old.Static == service.Static ? ServiceAction.Keep
                : ServiceAction.Replace;
            yield return new(service, action, action is ServiceAction.Replace ? [.. Differences(old!, service)] : []);
        }

        foreach (var gone in rollout.Serving?.Services.Where(s => rollout.Wanted.Find(s.Name) is null) ?? [])
            yield return new(gone, ServiceAction.Remove, []);
    }

    private static IEnumerable<string> Differences(ServiceWish old, ServiceWish wanted)
    {
        var (before, after) = (Flatten(WishJson.Node(old.Template), ""), Flatten(WishJson.Node(wanted.Template), ""));
        return before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Where(k => !k.StartsWith("owner.", StringComparison.Ordinal) && before.GetValueOrDefault(k) != after.GetValueOrDefault(k))
            .Concat(old.Static == wanted.Static ? [] : ["static.tree"])
            .Order(StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Flatten(JsonNode? node, string path)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Visit(node, path);
        return flat;

        void Visit(JsonNode? at, string name)
        {
            switch (at)
            {
                case JsonObject o:
                    foreach (var (key, value) in o)
                        Visit(value, name is "" ? key : $"{name}.{key}");
                    break;
                case JsonArray a when a.Any(i => i is JsonObject):
                    for (var i = 0; i < a.Count; i++)
                        Visit(a[i], $"{name}[{i}]");
                    break;
                default:
                    flat[name] = at?.ToJsonString() ?? "null";
                    break;
            }
        }
    }
}
