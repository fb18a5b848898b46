namespace Davit.Contracts.GraphQl.Model;

/// <summary>Puts definitions and their extensions together, in whatever order they come.</summary>
internal sealed class SchemaBuilder
{
    private readonly Dictionary<string, TypeDefinition> _types = new(StringComparer.Ordinal);
    private readonly List<TypeDefinition> _extensions = [];
    private readonly List<SchemaDefinition> _schemaExtensions = [];
    private readonly List<DirectiveDefinition> _directives = [];
    private SchemaDefinition? _definition;

    /// <summary>The first of two types of one name is the one that counts.</summary>
    public void Add(TypeDefinition type, bool isExtension)
    {
        if (isExtension)
            _extensions.Add(type);
        else
            _types.TryAdd(type.Name, type);
    }

    public void Add(DirectiveDefinition directive) => _directives.Add(directive);

    public void Add(SchemaDefinition schema, bool isExtension)
    {
        if (isExtension)
            _schemaExtensions.Add(schema);
        else
            _definition ??= schema;
    }

    public Schema Build()
    {
        // In a federated subgraph the definition itself is elsewhere, and the extension stands for the type.
        foreach (var group in _extensions.GroupBy(e => e.Name, StringComparer.Ordinal))
        {
            var parts = group.ToList();
            if (!_types.Remove(group.Key, out var type))
                (type, parts) = (parts[0], parts[1..]);
            _types.Add(group.Key, type.With(parts.FindAll(e => e.Kind == type.Kind)));
        }

        var definition = _schemaExtensions.Aggregate(_definition, (all, next) => all is null ? next with { IsExtension = true } : all with { Roots = [.. all.Roots, .. next.Roots], Uses = [.. all.Uses, .. next.Uses] });
        return new Schema([.. _types.Values], _directives, definition, hasUses: true);
    }
}
