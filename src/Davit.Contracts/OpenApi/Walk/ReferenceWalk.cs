using System.Collections.Frozen;
using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.OpenApi.Walk;

/// <summary>
/// Follows every reference that some operation comes by, so that one that leads nowhere is refused wherever it stands. Other walks
/// only follow those that both descriptions have. Each value is looked at once.
/// </summary>
internal sealed class ReferenceWalk(Api api)
{
    /// <summary>What these hold is named by the author.</summary>
    private static readonly FrozenSet<string> Maps = FrozenSet.ToFrozenSet(["properties", "patternProperties", "dependentSchemas", "definitions", "$defs", "responses", "headers", "content", "callbacks", "encoding", "links"], StringComparer.Ordinal);

    /// <summary>What these hold is a value, in which a reference is none.</summary>
    private static readonly FrozenSet<string> Values = FrozenSet.ToFrozenSet(["example", "examples", "default", "enum", "const"], StringComparer.Ordinal);

    private readonly Dictionary<Document, bool[]> _seen = [];
    private readonly HashSet<(Document, string)> _followed = [];
    private readonly Queue<Node> _targets = [];

    /// <exception cref="UnreadableException">A reference leads nowhere, in a circle, or out of the files of the contract.</exception>
    public void Run()
    {
        foreach (var item in api.Paths.Concat(api.Webhooks))
            Look(item.Node, isMap: false);
        while (_targets.TryDequeue(out var target))
            Look(target, isMap: false);
    }

    private void Look(Node node, bool isMap)
    {
        if (!(node.IsObject || node.IsArray) || !IsNew(node))
            return;
        foreach (var child in node.Children)
        {
            var name = child.Name ?? "";
            if (isMap || node.IsArray)
                Look(child, isMap: false);
            else if (name is "$ref" && child.IsString)
                Follow(node, child);
            else if (!Values.Contains(name) && !name.StartsWith("x-", StringComparison.Ordinal))
                Look(child, Maps.Contains(name));
        }
    }

    private bool IsNew(Node node)
    {
        if (!_seen.TryGetValue(node.Document, out var seen))
            _seen[node.Document] = seen = new bool[node.Document.Count];
        if (seen[node.Index])
            return false;
        return seen[node.Index] = true;
    }

    private void Follow(Node site, Node reference)
    {
        if (_followed.Add((reference.Document, reference.Text!)))
            _targets.Enqueue(api.Resolve(site));
    }
}
