using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>Makes values by what two schemas say: beside their bounds, out of their lists, with and without their members. The same schemas give the same values.</summary>
internal sealed class ValueSearch
{
    private const int Deepest = 5;

    private readonly JsonSchema[] _schemas;
    private readonly List<string> _names = ["other"];
    private readonly List<JsonValue> _values = [JsonValue.Null, JsonValue.True, JsonValue.False, JsonValue.Of(""), JsonValue.Of("a"), JsonValue.Of(Exact.Zero), JsonValue.Of(new Exact(15, 1)), JsonValue.Of([]), JsonValue.Of(new Dictionary<string, JsonValue>(StringComparer.Ordinal))];
    private ulong _state;

    public ValueSearch(JsonSchema inner, JsonSchema outer, ulong seed = 1)
    {
        _schemas = [inner, outer];
        _state = (seed * 0x9E3779B97F4A7C15) | 1;
        var seen = new HashSet<JsonSchema>();
        Collect(inner, seen);
        Collect(outer, seen);
    }

    public IEnumerable<JsonValue> Values(int most) => _values.Concat(Enumerable.Range(0, most).Select(i => Make(_schemas[i % 2], 0)));

    private void Collect(JsonSchema schema, HashSet<JsonSchema> seen)
    {
        if (seen.Count > 500 || !seen.Add(schema))
            return;
        _values.AddRange(schema.Enums.SelectMany(e => e));
        foreach (var bound in (Exact?[])[schema.Minimum, schema.Maximum, schema.ExclusiveMinimum, schema.ExclusiveMaximum, schema.MultipleOf])
        {
            if (bound is { } value)
                _values.AddRange(((Exact[])[value, value + new Exact(1), value - new Exact(1), value.Half]).Select(JsonValue.Of));
        }

        foreach (var length in (long?[])[schema.MinLength, schema.MaxLength])
        {
            if (length is < 1_000 and { } count)
                _values.AddRange(((long[])[count - 1, count, count + 1]).Where(l => l >= 0).Select(l => JsonValue.Of(new string('a', (int)l))));
        }

        if (schema.Pattern is { } pattern)
            _values.AddRange(PatternSamples.Of(pattern.Text).Select(JsonValue.Of));
        _names.AddRange(schema.Properties.Keys.Concat(schema.Required).Concat(schema.PatternProperties.SelectMany(p => PatternSamples.Of(p.Pattern.Text))));
        foreach (var below in Below(schema))
            Collect(below, seen);
    }

    private static IEnumerable<JsonSchema> Below(JsonSchema schema) =>
        schema.Properties.Values.Concat(schema.PatternProperties.Select(p => p.Schema)).Concat(schema.PrefixItems).Concat(Beside(schema))
            .Concat(((JsonSchema?[])[schema.AdditionalProperties, schema.Items, schema.Contains, schema.PropertyNames, schema.UnevaluatedItems, schema.UnevaluatedProperties]).OfType<JsonSchema>());

    /// <summary>Schemas for the same value.</summary>
    private static IEnumerable<JsonSchema> Beside(JsonSchema schema) =>
        schema.AllOf.Concat(schema.AnyOf ?? []).Concat(schema.OneOf ?? []).Concat(schema.DependentSchemas.Select(d => d.Schema))
            .Concat(((JsonSchema?[])[schema.Not, schema.If, schema.Then, schema.Else, schema.Reference.Exists ? schema.Owner.Target(schema) : null]).OfType<JsonSchema>());

    private JsonValue Make(JsonSchema schema, int depth)
    {
        if (depth > Deepest || Roll(6) is 0)
            return _values[Roll(_values.Count)];
        var beside = Beside(schema).ToList();
        if (beside is not [] && Roll(2) is 0)
            return Make(beside[Roll(beside.Count)], depth + 1);
        var types = schema.HasMembers || schema.Required is not [] ? JsonTypes.Object : schema.HasItems || schema.Contains is not null ? JsonTypes.Array : schema.Types;
        if ((types & schema.Types).HasFlag(JsonTypes.Object) && types is not JsonTypes.Any)
            return JsonValue.Of(Members(schema, depth));
        if ((types & schema.Types).HasFlag(JsonTypes.Array) && types is not JsonTypes.Any)
            return JsonValue.Of(Elements(schema, depth));
        for (var i = 0; i < 10; i++)
        {
            if (_values[Roll(_values.Count)] is var value && (Validation.SchemaValidator.TypeOf(value) & schema.Types) is not JsonTypes.None)
                return value;
        }

        return _values[Roll(_values.Count)];
    }

    private Dictionary<string, JsonValue> Members(JsonSchema schema, int depth)
    {
        var members = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var name in schema.Properties.Keys.Concat(schema.Required))
        {
            if (Roll(4) is not 0)
                members[name] = schema.Properties.TryGetValue(name, out var value) ? Make(value, depth + 1) : _values[Roll(_values.Count)];
        }

        for (var i = Math.Min(20, schema.MinProperties) - members.Count - 1 + Roll(3); i > 0; i--)
            members[Roll(3) is 0 ? $"x{i}" : _names[Roll(_names.Count)]] = schema.AdditionalProperties is { } additional ? Make(additional, depth + 1) : _values[Roll(_values.Count)];
        return members;
    }

    private List<JsonValue> Elements(JsonSchema schema, int depth)
    {
        var elements = new List<JsonValue>();
        for (var i = Math.Min(20, schema.MinItems) + Roll(4); i > 0; i--)
        {
            var one = elements.Count < schema.PrefixItems.Count ? schema.PrefixItems[elements.Count] : schema.Items ?? schema.Contains;
            elements.Add(one is null ? _values[Roll(_values.Count)] : Make(one, depth + 1));
        }

        return elements;
    }

    private int Roll(int sides)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)((_state >> 11) % (ulong)sides);
    }
}
