using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Validation;

/// <summary>Tells whether a schema accepts a value. `format` and the content keywords assert nothing unless asked to.</summary>
internal sealed class SchemaValidator(bool assertsMeanings = false)
{
    private const int Deepest = 256;

    /// <summary>Schemas that refer to each other can ask for more checks than ever end: for one value, and for all values together.</summary>
    private const int MostForOne = 1_000_000;
    private const int MostForAll = 10_000_000;

    private bool _isUncertain;
    private int _spent;
    private int _spentBefore;

    /// <returns>Null when it cannot be told: a reference leads nowhere, an expression takes too long, or a meaning is asserted.</returns>
    public bool? Accepts(JsonSchema schema, JsonValue value)
    {
        _isUncertain = false;
        _spentBefore = _spent;
        var accepts = Check(schema, value, schema.Owner.HasUnevaluated ? new Looked() : null, 0);
        return _isUncertain ? null : accepts;
    }

    private bool Check(JsonSchema schema, JsonValue value, Looked? looked, int depth)
    {
        if (_isUncertain)
            return true;
        if (schema.Always is { } always)
            return always;
        if (depth > Deepest || _spent > MostForAll || ++_spent - _spentBefore > MostForOne)
            return Unsure();
        if (schema.Reference.Exists && !(schema.Owner.Target(schema) is { } target ? Through(target, value, looked, depth) : Unsure()))
            return false;
        if ((schema.Types & TypeOf(value)) is JsonTypes.None || !schema.Enums.TrueForAll(e => e.Contains(value)))
            return false;
        var fits = value.Kind switch
        {
            NodeKind.Number => Number(schema, value.Number),
            NodeKind.String => Text(schema, value.Text),
            NodeKind.Array => Elements(schema, value.Elements, looked, depth),
            NodeKind.Object => Members(schema, value, looked, depth),
            _ => true,
        };
        return fits && Branches(schema, value, looked, depth) && Conditions(schema, value, looked, depth) && Unevaluated(schema, value, looked, depth);
    }

    public static JsonTypes TypeOf(JsonValue value) => value.Kind switch
    {
        NodeKind.Null => JsonTypes.Null,
        NodeKind.Boolean => JsonTypes.Boolean,
        NodeKind.Number => value.Number.IsWhole ? JsonTypes.Integer : JsonTypes.Fraction,
        NodeKind.String => JsonTypes.String,
        NodeKind.Array => JsonTypes.Array,
        _ => JsonTypes.Object,
    };

    private static bool Number(JsonSchema schema, Exact number) =>
        !(number < schema.Minimum) && !(number > schema.Maximum) && !(number <= schema.ExclusiveMinimum) && !(number >= schema.ExclusiveMaximum)
        && (schema.MultipleOf is not { } step || number.IsMultipleOf(step));

    private bool Text(JsonSchema schema, string text)
    {
        var length = text.EnumerateRunes().Count();
        if (length < schema.MinLength || length > schema.MaxLength || (schema.Pattern is { } pattern && !Matches(pattern, text)))
            return false;
        return !assertsMeanings || schema.Meanings is [] || Unsure();
    }

    private bool Elements(JsonSchema schema, IReadOnlyList<JsonValue> elements, Looked? looked, int depth)
    {
        if (elements.Count < schema.MinItems || elements.Count > schema.MaxItems || (schema.IsUnique && elements.Distinct().Count() < elements.Count))
            return false;
        for (var i = 0; i < elements.Count; i++)
        {
            if ((i < schema.PrefixItems.Count ? schema.PrefixItems[i] : schema.Items) is not { } one)
                continue;
            if (!Check(one, elements[i], Fresh(looked), depth + 1))
                return false;
            looked?.Elements.Add(i);
        }

        if (schema.Contains is not { } contains)
            return true;
        var found = Enumerable.Range(0, elements.Count).Where(i => Check(contains, elements[i], Fresh(looked), depth + 1)).ToList();
        if (schema.Owner.Dialect is Dialect.Draft202012)
            looked?.Elements.UnionWith(found);
        return found.Count >= schema.MinContains && !(found.Count > schema.MaxContains);
    }

    private bool Members(JsonSchema schema, JsonValue value, Looked? looked, int depth)
    {
        var members = value.Members;
        if (members.Count < schema.MinProperties || members.Count > schema.MaxProperties || !schema.Required.TrueForAll(members.ContainsKey))
            return false;
        foreach (var (name, member) in members)
        {
            if (!Member(schema, name, member, looked, depth))
                return false;
            if (schema.PropertyNames is { } names && !Check(names, JsonValue.Of(name), Fresh(looked), depth + 1))
                return false;
        }

        return schema.DependentRequired.TrueForAll(d => !members.ContainsKey(d.Name) || d.Required.TrueForAll(members.ContainsKey))
            && schema.DependentSchemas.TrueForAll(d => !members.ContainsKey(d.Name) || Through(d.Schema, value, looked, depth));
    }

    private bool Member(JsonSchema schema, string name, JsonValue member, Looked? looked, int depth)
    {
        var isNamed = false;
        if (schema.Properties.TryGetValue(name, out var named))
        {
            isNamed = true;
            if (!Check(named, member, Fresh(looked), depth + 1))
                return false;
        }

        foreach (var (pattern, below) in schema.PatternProperties)
        {
            if (!Matches(pattern, name))
                continue;
            isNamed = true;
            if (!Check(below, member, Fresh(looked), depth + 1))
                return false;
        }

        if (!isNamed && schema.AdditionalProperties is { } additional)
        {
            isNamed = true;
            if (!Check(additional, member, Fresh(looked), depth + 1))
                return false;
        }

        if (isNamed)
            looked?.Members.Add(name);
        return true;
    }

    private bool Branches(JsonSchema schema, JsonValue value, Looked? looked, int depth)
    {
        if (!schema.AllOf.TrueForAll(b => Through(b, value, looked, depth)))
            return false;
        if (schema.AnyOf is { } any && Count(any, value, looked, depth) is 0)
            return false;
        if (schema.OneOf is { } one && Count(one, value, looked, depth) is not 1)
            return false;
        return schema.Not is not { } not || !Check(not, value, Fresh(looked), depth + 1);
    }

    private bool Conditions(JsonSchema schema, JsonValue value, Looked? looked, int depth)
    {
        if (schema.If is not { } condition)
            return true;
        var below = Fresh(looked);
        var holds = Check(condition, value, below, depth + 1);
        if (holds)
            looked?.Add(below!);
        return (holds ? schema.Then : schema.Else) is not { } follows || Through(follows, value, looked, depth);
    }

    private bool Unevaluated(JsonSchema schema, JsonValue value, Looked? looked, int depth)
    {
        if (looked is null)
            return true;
        if (schema.UnevaluatedProperties is { } members)
        {
            foreach (var (name, member) in value.Members.Where(m => !looked.Members.Contains(m.Key)))
            {
                if (!Check(members, member, Fresh(looked), depth + 1))
                    return false;
            }

            looked.Members.UnionWith(value.Members.Keys);
        }

        if (schema.UnevaluatedItems is not { } elements)
            return true;
        for (var i = 0; i < value.Elements.Count; i++)
        {
            if (looked.Elements.Add(i) && !Check(elements, value.Elements[i], Fresh(looked), depth + 1))
                return false;
        }

        return true;
    }

    /// <summary>Every branch is tried, because each one that accepts has looked at something.</summary>
    private int Count(List<JsonSchema> branches, JsonValue value, Looked? looked, int depth)
    {
        var count = 0;
        foreach (var branch in branches)
        {
            var below = Fresh(looked);
            if (!Check(branch, value, below, depth + 1))
                continue;
            count++;
            looked?.Add(below!);
        }

        return count;
    }

    /// <summary>A schema for the same value sees only what it looked at itself, and hands it on.</summary>
    private bool Through(JsonSchema schema, JsonValue value, Looked? looked, int depth)
    {
        var below = Fresh(looked);
        if (!Check(schema, value, below, depth + 1))
            return false;
        looked?.Add(below!);
        return true;
    }

    private bool Matches(Pattern pattern, string text) => pattern.Matches(text) ?? Unsure();

    private bool Unsure()
    {
        _isUncertain = true;
        return true;
    }

    private static Looked? Fresh(Looked? looked) => looked is null ? null : new Looked();
}
