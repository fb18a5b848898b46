using System.Text.Json;
using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>
/// Merges what an object and its traits say of one member, as JSON Merge Patch does (RFC 7396). The result is a document of its
/// own; what a finding points at is the member that it was made of.
/// </summary>
internal sealed class TraitMerging(AsyncDocument document)
{
    private const int Deepest = 64;
    private const int MostBytes = 64 << 20;

    private readonly Dictionary<string, Node> _made = new(StringComparer.Ordinal);
    private List<(Document Made, Node Origin)> _origins = [];
    private long _bytes;

    /// <summary>The documents that were made since the last time, each with where the user finds what it holds.</summary>
    public IReadOnlyList<(Document Made, Node Origin)> TakeOrigins()
    {
        var taken = _origins;
        _origins = [];
        return taken;
    }

    /// <param name="layers">That which wins first; at least one.</param>
    public Node Merge(IReadOnlyList<Node> layers)
    {
        var values = layers.Select(document.Resolve).ToList();
        var objects = values.TakeWhile(v => v.IsObject).ToList();
        if (objects.Count < 2)
            return layers[0];
        var key = string.Join(' ', objects.Select(o => $"{o.Document.Source.Name}#{o.Index}"));
        return _made.TryGetValue(key, out var made) ? made : _made[key] = Made(objects, layers[0]);
    }

    private Node Made(List<Node> objects, Node origin)
    {
        using var bytes = new MemoryStream();
        var names = objects.ConvertAll(o => o.Document.Source.Name);
        var name = names.Find(n => !FileSet.IsRemote(n)) ?? names[0];
        using (var json = new Utf8JsonWriter(bytes))
            Write(json, name, objects, 0);
        if ((_bytes += bytes.Length) > MostBytes)
            throw new UnreadableException(UnreadableCodes.TooLarge, $"what traits are merged into is larger than {MostBytes >> 20} MiB", origin.Where);
        var merged = DocumentReader.Read(name, bytes.ToArray());
        _origins.Add((merged, origin));
        return merged.Root;
    }

    /// <param name="into">The document in which it will be read.</param>
    private static void Write(Utf8JsonWriter json, string into, List<Node> layers, int depth)
    {
        if (depth > Deepest)
            throw new UnreadableException(UnreadableCodes.TooDeep, $"traits are merged more than {Deepest} deep", layers[0].Where);
        json.WriteStartObject();
        foreach (var name in layers.SelectMany(l => l.Children.ToList()).Select(m => m.Name!).Distinct(StringComparer.Ordinal))
        {
            var values = layers.Select(l => l[name]).Where(v => v.Exists).TakeWhile((v, i) => i is 0 || v.IsObject).ToList();
            // Null takes a member away.
            if (values[0].Kind is NodeKind.Null)
                continue;
            json.WritePropertyName(name);
            if (values.Count > 1 && values[0].IsObject)
                Write(json, into, values, depth + 1);
            else
                Copy(json, into, values[0]);
        }

        json.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter json, string into, Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Object:
                json.WriteStartObject();
                foreach (var member in node.Children)
                {
                    json.WritePropertyName(member.Name!);
                    Copy(json, into, member);
                }

                json.WriteEndObject();
                break;
            case NodeKind.Array:
                json.WriteStartArray();
                foreach (var element in node.Children)
                    Copy(json, into, element);
                json.WriteEndArray();
                break;
            case NodeKind.String:
                json.WriteStringValue(node.Name is "$ref" ? MovedReference.Write(node, into) : node.Text);
                break;
            case NodeKind.Number:
                json.WriteRawValue(node.Number!.Value.ToString());
                break;
            case NodeKind.Boolean:
                json.WriteBooleanValue(node.Boolean is true);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
