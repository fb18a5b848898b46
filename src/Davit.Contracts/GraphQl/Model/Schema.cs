namespace Davit.Contracts.GraphQl.Model;

/// <summary>One side of a comparison, extensions merged. Names that lead nowhere are kept: to complain of them is not the reader's work.</summary>
internal sealed class Schema
{
    private static readonly string[] BuiltInScalars = ["String", "Int", "Float", "Boolean", "ID"];

    private readonly Lazy<IReadOnlySet<string>> _reachable;
    private readonly Dictionary<string, Dictionary<string, InputValue>> _inputFields = new(StringComparer.Ordinal);

    public Schema(IReadOnlyList<TypeDefinition> types, IReadOnlyList<DirectiveDefinition> directives, SchemaDefinition? definition, bool hasUses)
    {
        Types = types.Where(t => !IsBuiltIn(t.Name)).DistinctBy(t => t.Name, StringComparer.Ordinal).ToDictionary(t => t.Name, StringComparer.Ordinal);
        Directives = directives.DistinctBy(d => d.Name, StringComparer.Ordinal).ToDictionary(d => d.Name, StringComparer.Ordinal);
        Definition = definition;
        HasUses = hasUses;
        _reachable = new Lazy<IReadOnlySet<string>>(() => Reachability.Of(this));
    }

    public IReadOnlyDictionary<string, TypeDefinition> Types { get; }

    public IReadOnlyDictionary<string, DirectiveDefinition> Directives { get; }

    /// <summary>Null where the schema leaves its entry points to their usual names.</summary>
    public SchemaDefinition? Definition { get; }

    /// <summary>False for an introspection result, which does not tell what directives stand where.</summary>
    public bool HasUses { get; }

    public IReadOnlyList<DirectiveUse> Uses => Definition?.Uses ?? [];

    /// <summary>The types that an operation can come by.</summary>
    public IReadOnlySet<string> Reachable => _reachable.Value;

    /// <summary>The entry point of an operation; null where there is none.</summary>
    public Root? Root(string operation)
    {
        if (Definition?.Roots.FirstOrDefault(r => r.Operation == operation) is { } named)
            return named;
        if (Definition is { Roots: not [], IsExtension: false })
            return null;
        var usual = char.ToUpperInvariant(operation[0]) + operation[1..];
        return Types.TryGetValue(usual, out var type) && type.Kind is TypeKind.Object ? new Root(operation, usual, type.Origin) : null;
    }

    /// <summary>A field of an input type by its name; null where there is none, or no such type.</summary>
    public InputValue? InputField(string type, string name)
    {
        if (!_inputFields.TryGetValue(type, out var fields))
        {
            fields = (Types.GetValueOrDefault(type)?.InputFields ?? []).DistinctBy(f => f.Name, StringComparer.Ordinal).ToDictionary(f => f.Name, StringComparer.Ordinal);
            _inputFields.Add(type, fields);
        }

        return fields.GetValueOrDefault(name);
    }

    private static bool IsBuiltIn(string name) => BuiltInScalars.Contains(name, StringComparer.Ordinal) || name.StartsWith("__", StringComparison.Ordinal);
}
