using Davit.Contracts.JsonSchemas.Schemas;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>Every way in which a schema refuses a value by a keyword of its own.</summary>
internal static class Refusals
{
    public static IEnumerable<Alternative> Of(JsonSchema schema, SchemaReading reading) =>
        [.. Values(schema), .. Numbers(schema), .. Texts(schema, reading), .. Lists(schema), .. Objects(schema)];

    private static IEnumerable<Alternative> Values(JsonSchema schema)
    {
        if (schema.Types is not JsonTypes.Any)
            yield return new(null, [], JsonTypes.Any & ~schema.Types);

        // Which values are none of them is left to the validator; a value that is one of them never gets past it.
        foreach (var values in schema.Enums)
            yield return new(c => c.Except(values), []);
    }

    private static IEnumerable<Alternative> Numbers(JsonSchema schema)
    {
        if (schema.Minimum is not null)
            yield return new(c => c.AtMost(schema.Minimum, isExcluded: true), [], JsonTypes.Number);
        if (schema.ExclusiveMinimum is not null)
            yield return new(c => c.AtMost(schema.ExclusiveMinimum, isExcluded: false), [], JsonTypes.Number);
        if (schema.Maximum is not null)
            yield return new(c => c.AtLeast(schema.Maximum, isExcluded: true), [], JsonTypes.Number);
        if (schema.ExclusiveMaximum is not null)
            yield return new(c => c.AtLeast(schema.ExclusiveMaximum, isExcluded: false), [], JsonTypes.Number);
        if (schema.MultipleOf is { } step)
            yield return new(c => c.NoMultiples.Add(step), [], JsonTypes.Number);
    }

    private static IEnumerable<Alternative> Texts(JsonSchema schema, SchemaReading reading)
    {
        if (schema.MinLength > 0)
            yield return new(c => c.Length = c.Length.AtMost(schema.MinLength - 1), [], JsonTypes.String);
        if (schema.MaxLength is < long.MaxValue and { } most)
            yield return new(c => c.Length = c.Length.AtLeast(most + 1), [], JsonTypes.String);
        if (schema.Pattern is { } pattern)
            yield return new(c => c.NoPatterns.Add(pattern), [], JsonTypes.String);
        foreach (var meaning in reading.AssertsMeanings ? schema.Meanings : [])
            yield return new(c => c.NoMeanings.Add(meaning), [], JsonTypes.String);
    }

    private static IEnumerable<Alternative> Lists(JsonSchema schema)
    {
        if (schema.MinItems > 0)
            yield return new(c => c.Items = c.Items.AtMost(schema.MinItems - 1), [], JsonTypes.Array);
        if (schema.MaxItems is < long.MaxValue and { } most)
            yield return new(c => c.Items = c.Items.AtLeast(most + 1), [], JsonTypes.Array);
        if (schema.IsUnique)
            yield return new(c => c.HasTwins = true, [], JsonTypes.Array);
        for (var i = 0; i < schema.PrefixItems.Count; i++)
        {
            var place = i;
            yield return new(c => c.WantedItems.Add(new WantedItem(place, place, schema.PrefixItems[place], IsAccepted: false)), [], JsonTypes.Array);
        }

        if (schema.Items is { } items)
            yield return new(c => c.WantedItems.Add(new WantedItem(schema.PrefixItems.Count, null, items, IsAccepted: false)), [], JsonTypes.Array);
        if (schema.Contains is { } contains && schema.MinContains > 0)
            yield return new(schema.MinContains is 1 ? c => c.NoItems.Add(contains) : null, [], JsonTypes.Array);
        if (schema is { Contains: { } many, MaxContains: < 16 and { } least })
            yield return new(c => c.WantedItems.AddRange(Enumerable.Repeat(new WantedItem(0, null, many, IsAccepted: true), (int)least + 1)), [], JsonTypes.Array);
        else if (schema is { Contains: not null, MaxContains: not null })
            yield return new(null, [], JsonTypes.Array);
        if (schema.UnevaluatedItems is not null)
            yield return new(null, [], JsonTypes.Array);
    }

    private static IEnumerable<Alternative> Objects(JsonSchema schema)
    {
        foreach (var name in schema.Required)
            yield return new(c => c.Absent.Add(name), [], JsonTypes.Object);
        if (schema.MinProperties > 0)
            yield return new(c => c.Count = c.Count.AtMost(schema.MinProperties - 1), [], JsonTypes.Object);
        if (schema.MaxProperties is < long.MaxValue and { } most)
            yield return new(c => c.Count = c.Count.AtLeast(most + 1), [], JsonTypes.Object);
        foreach (var (name, value) in schema.Properties)
            yield return new(c => c.WantedMembers.Add(new WantedMember(name, null, null, value)), [], JsonTypes.Object);
        foreach (var (pattern, value) in schema.PatternProperties)
            yield return new(c => c.WantedMembers.Add(new WantedMember(null, pattern, null, value)), [], JsonTypes.Object);
        if (schema.AdditionalProperties is { } additional)
            yield return new(c => c.WantedMembers.Add(new WantedMember(null, null, schema, additional)), [], JsonTypes.Object);
        if (schema.PropertyNames is { } names)
            yield return new(c => c.WantedMembers.Add(new WantedMember(null, null, null, null, names)), [], JsonTypes.Object);
        foreach (var (name, required) in schema.DependentRequired)
        {
            foreach (var missing in required)
                yield return new(c => (_, _) = (c.Required.Add(name), c.Absent.Add(missing)), [], JsonTypes.Object);
        }

        foreach (var (name, below) in schema.DependentSchemas)
            yield return new(c => c.Required.Add(name), [new Claim(below, false)], JsonTypes.Object);
        if (schema.UnevaluatedProperties is not null)
            yield return new(null, [], JsonTypes.Object);
    }
}
