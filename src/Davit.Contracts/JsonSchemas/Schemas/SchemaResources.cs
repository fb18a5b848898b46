using Davit.Contracts.Documents;

namespace Davit.Contracts.JsonSchemas.Schemas;

/// <summary>The places of one document that have an identifier of their own.</summary>
internal sealed class SchemaResources
{
    private readonly List<(Node Root, Uri? Base)> _resources = [];
    private readonly Dictionary<(int Resource, string Name), Node> _anchors = [];
    private readonly string _idKeyword;

    /// <param name="hasIdentifiers">Without them, as in OpenAPI before 3.1, the document is the only place that has one.</param>
    public SchemaResources(Node root, Dialect dialect, bool hasIdentifiers)
    {
        _idKeyword = dialect is Dialect.Draft04 ? "id" : "$id";
        if (hasIdentifiers)
            Scan(root, 0, isRoot: true);
        else
            _resources.Add((root, null));
    }

    /// <returns>No node when it leads to nothing in this document.</returns>
    public Node Resolve(Node from, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var (left, fragment) = hash < 0 ? (reference, "") : (reference[..hash], Uri.UnescapeDataString(reference[(hash + 1)..]));
        var resource = left is "" ? Around(from) : Find(Combine(_resources[Around(from)].Base, left));
        if (resource < 0)
            return default;
        if (fragment is "" or ['/', ..])
            return JsonPointer.Follow(_resources[resource].Root, fragment);
        return _anchors.GetValueOrDefault((resource, fragment));
    }

    private void Scan(Node node, int resource, bool isRoot = false)
    {
        var id = node[_idKeyword].Text;
        if (isRoot || (id is not null && !id.StartsWith('#')))
        {
            var around = _resources.Count is 0 ? null : _resources[resource].Base;
            _resources.Add((node, id is null ? around : Combine(around, id.TrimEnd('#'))));
            resource = _resources.Count - 1;
        }

        if (id is ['#', .. { Length: > 0 } name])
            _anchors.TryAdd((resource, name), node);
        foreach (var keyword in (ReadOnlySpan<string>)["$anchor", "$dynamicAnchor"])
        {
            if (node[keyword].Text is { } anchor)
                _anchors.TryAdd((resource, anchor), node);
        }

        foreach (var child in node.Children)
        {
            if ((child.IsObject || child.IsArray) && child.Name is not ("enum" or "const" or "default" or "examples"))
                Scan(child, resource);
        }
    }

    private int Around(Node node) => _resources.FindLastIndex(r => r.Root.Index <= node.Index && node.Index < r.Root.Document[r.Root.Index].Next);

    private int Find(Uri? uri) => uri is null ? -1 : _resources.FindIndex(r => r.Base == uri);

    private static Uri? Combine(Uri? around, string reference) =>
        around is { IsAbsoluteUri: true } ? Uri.TryCreate(around, reference, out var combined) ? combined : null
            : Uri.TryCreate(reference, UriKind.RelativeOrAbsolute, out var alone) ? alone : null;
}
