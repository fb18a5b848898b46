using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>Pairs members of two objects by their names.</summary>
internal static class NameWalk
{
    /// <summary>Extensions that rules of their own speak of.</summary>
    private static readonly string[] Judged = ["x-sunset", "x-stability-level", "x-extensible-enum", "x-nullable"];

    /// <summary>What is said to us is none of the consumers' business.</summary>
    private const string ToUs = "x-davit-";

    public static IEnumerable<string> Union(Node old, Node @new) => Members(old).Concat(Members(@new)).Select(m => m.Name!).Distinct(StringComparer.Ordinal);

    /// <summary>Extensions of an object of both sides.</summary>
    public static void Extensions(OperationPair? operation, Node old, Node @new, FindingSink sink, Place place)
    {
        foreach (var name in Union(old, @new).Where(IsExtension))
        {
            var pair = new NamePair(operation, "extensions", name, old[name], @new[name]);
            sink.Judge(OpenApiRules.Names, pair, place, pair.Old, pair.New);
        }
    }

    public static void Links(OperationPair operation, Response old, Response @new, FindingSink sink, Place place)
    {
        foreach (var name in Union(old.Node["links"], @new.Node["links"]))
        {
            var pair = new NamePair(operation, "links", name, Resolved(operation.Old!.Api, old.Node["links"][name]), Resolved(operation.New!.Api, @new.Node["links"][name]));
            sink.Judge(OpenApiRules.Names, pair, place.In($"link '{name}'"), pair.Old, pair.New);
        }
    }

    public static void ServerVariables(Node old, Node @new, FindingSink sink, Place place)
    {
        foreach (var name in Union(old["variables"], @new["variables"]))
        {
            var pair = new NamePair(null, "serverVariables", name, old["variables"][name], @new["variables"][name]);
            sink.Judge(OpenApiRules.Names, pair, place, pair.Old, pair.New);
            if (pair.IsAdded || pair.IsRemoved || !pair.Old["enum"].IsArray || !pair.New["enum"].IsArray)
                continue;
            var (before, after) = (pair.Old["enum"].Children.ToList(), pair.New["enum"].Children.ToList());
            foreach (var value in before.Concat(after).Select(v => v.Scalar ?? "").Distinct(StringComparer.Ordinal))
            {
                var one = new NamePair(null, "serverVariableValues", $"{name}={value}", before.Find(v => v.Scalar == value), after.Find(v => v.Scalar == value));
                sink.Judge(OpenApiRules.Names, one, place, one.Old, one.New);
            }
        }
    }

    private static Node Resolved(Api api, Node node) => node.Exists ? api.Resolve(node) : default;

    private static bool IsExtension(string name) =>
        name.StartsWith("x-", StringComparison.Ordinal) && !name.StartsWith(ToUs, StringComparison.Ordinal) && !Judged.Contains(name, StringComparer.Ordinal);

    private static List<Node> Members(Node node) => node.IsObject ? node.Children.ToList() : [];
}
