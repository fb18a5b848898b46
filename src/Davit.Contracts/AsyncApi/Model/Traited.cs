using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>An object together with the traits it takes from.</summary>
/// <param name="Layers">The object and its traits, that which wins first.</param>
internal sealed record Traited(Node Node, IReadOnlyList<Node> Layers)
{
    /// <summary>What the object says of it after its traits were merged in.</summary>
    public Node this[string member]
    {
        get
        {
            foreach (var layer in Layers)
            {
                if (layer[member] is { Exists: true } found)
                    return found;
            }

            return default;
        }
    }

    /// <summary>Traits of version 2 win over the object, those of version 3 give way to it; later ones win over earlier ones.</summary>
    public static Traited Of(AsyncDocument document, Node node)
    {
        var traits = node["traits"].Children.ToList().ConvertAll(document.Resolve);
        traits.Reverse();
        return new Traited(node, document.IsV3 ? [node, .. traits] : [.. traits, node]);
    }

    /// <summary>Every layer that says something of it.</summary>
    public List<Node> All(string member) => [.. Layers.Select(l => l[member]).Where(n => n.Exists)];
}
