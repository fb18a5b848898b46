using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Pairs requirements by the schemes they name, and schemes by their names.</summary>
internal sealed class SecurityWalk(ApiPair apis, FindingSink sink)
{
    private static readonly string[] Flows = ["implicit"];

    public void Run()
    {
        Requirements(null, apis.Old.Security, apis.New.Security, sink, Place.Document);
        Schemes();
    }

    public static void Requirements(OperationPair? operation, Node old, Node @new, FindingSink sink, Place place)
    {
        var (before, after) = (Named(old), Named(@new));
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var pair = new NamePair(operation, "security", name, before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            sink.Judge(OpenApiRules.Names, pair, place, pair.Old, pair.New);
            if (pair is { IsAdded: false, IsRemoved: false })
                Scopes(pair, sink, place);
        }
    }

    private static void Scopes(NamePair requirement, FindingSink sink, Place place)
    {
        foreach (var scheme in requirement.Old.Children.ToList())
            Values(requirement.Operation, "scopes", scheme, requirement.New[scheme.Name!], sink, place);
    }

    private static void Values(OperationPair? operation, string list, Node old, Node @new, FindingSink sink, Place place)
    {
        var (before, after) = (old.Children.ToList(), @new.Children.ToList());
        foreach (var name in before.Concat(after).Select(Name).Distinct(StringComparer.Ordinal))
        {
            var pair = new NamePair(operation, list, name, before.Find(n => Name(n) == name), after.Find(n => Name(n) == name));
            sink.Judge(OpenApiRules.Names, pair, place, pair.Old, pair.New);
        }
    }

    private static string Name(Node node) => node.Name ?? node.Scalar ?? "";

    private static Dictionary<string, Node> Named(Node security)
    {
        var named = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var requirement in security.Children.ToList())
            named.TryAdd(string.Join(" and ", requirement.Children.ToList().Select(s => s.Name).Order(StringComparer.Ordinal)), requirement);
        return named;
    }

    private void Schemes()
    {
        var (before, after) = (Components(apis.Old), Components(apis.New));
        foreach (var name in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var pair = new NamePair(null, "securitySchemes", name, before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            sink.Judge(OpenApiRules.Names, pair, Place.Document, pair.Old, pair.New);
            foreach (var flow in Flows)
                Flow(name, pair.Old.Exists ? pair.Old["flows"][flow] : default, pair.New.Exists ? pair.New["flows"][flow] : default);
        }
    }

    private void Flow(string scheme, Node old, Node @new)
    {
        if (!old.Exists || !@new.Exists)
            return;
        sink.Judge(OpenApiRules.Names, new NamePair(null, "flow", scheme, old, @new), Place.Document, old, @new);
        Values(null, "flowScopes", old["scopes"], @new["scopes"], sink, Place.Document);
    }

    private static Dictionary<string, Node> Components(Api api) => api.Components("securitySchemes").ToDictionary(c => c.Name, c => c.Node, StringComparer.Ordinal);
}
