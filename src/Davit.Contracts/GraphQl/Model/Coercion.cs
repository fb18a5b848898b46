namespace Davit.Contracts.GraphQl.Model;

/// <summary>What a constant stands for where a type is asked for, GraphQL specification section 3.11: one element is a list of one.</summary>
internal static class Coercion
{
    public static Value Of(Value value, TypeRef type, Schema schema)
    {
        if (value.Kind is ValueKind.Null)
            return value;
        if (type.Item is { } item)
            return new Value(ValueKind.List, "", value.Kind is ValueKind.List ? [.. value.Items.Select(i => Of(i, item, schema))] : [Of(value, item, schema)], []);
        return value.Kind is not ValueKind.Object ? value : value with
        {
            Items = [.. value.Items.Zip(value.Names, (member, name) => schema.InputField(type.Name, name) is { } field ? Of(member, field.Type, schema) : member)],
        };
    }
}
