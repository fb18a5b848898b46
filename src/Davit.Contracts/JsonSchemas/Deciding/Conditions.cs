using Davit.Contracts.JsonSchemas.Schemas;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>Adds to a cell what a schema that accepts demands by itself.</summary>
internal static class Conditions
{
    public static void Add(Cell cell, JsonSchema schema, SchemaReading reading)
    {
        cell.Types &= schema.Types;
        cell.Enums.AddRange(schema.Enums);
        cell.AtLeast(schema.Minimum, isExcluded: false);
        cell.AtLeast(schema.ExclusiveMinimum, isExcluded: true);
        cell.AtMost(schema.Maximum, isExcluded: false);
        cell.AtMost(schema.ExclusiveMaximum, isExcluded: true);
        if (schema.MultipleOf is { } step)
            cell.Multiples.Add(step);
        cell.Length = cell.Length.AtLeast(schema.MinLength).AtMost(schema.MaxLength);
        if (schema.Pattern is { } pattern)
            cell.Patterns.Add(pattern);
        if (reading.AssertsMeanings)
            cell.Meanings.AddRange(schema.Meanings);
        cell.Items = cell.Items.AtLeast(schema.MinItems).AtMost(schema.MaxItems);
        cell.IsUnique |= schema.IsUnique;
        if (schema.HasItems)
            cell.Lists.Add(schema);
        if (schema.Contains is { } contains)
        {
            for (var i = 0; i < Math.Min(schema.MinContains, 16); i++)
                cell.WantedItems.Add(new WantedItem(0, null, contains, IsAccepted: true));
            cell.Items = cell.Items.AtLeast(schema.MinContains);
        }

        cell.Count = cell.Count.AtLeast(schema.MinProperties).AtMost(schema.MaxProperties);
        cell.Required.UnionWith(schema.Required);
        if (schema.PropertyNames is { } names)
            cell.Names.Add(names);
        if (schema.HasMembers)
            cell.Objects.Add(schema);
    }
}
