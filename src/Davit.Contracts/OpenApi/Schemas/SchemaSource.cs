using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Schemas;

/// <summary>The schemas of one contract; each is made once however many places use it.</summary>
internal sealed class SchemaSource(References references)
{
    private readonly Dictionary<Node, Schema> _made = [];

    /// <summary>What was found equal to schemas of the other contract, or not.</summary>
    public Dictionary<(Node Left, Node Right, bool AnnotationsCount), bool> Equal { get; } = [];

    public SchemaRef At(Node site)
    {
        var target = references.Resolve(site, out var name);
        if (!_made.TryGetValue(target, out var schema))
            _made[target] = schema = new Schema(target, this);
        return new SchemaRef(schema, name, site);
    }
}
