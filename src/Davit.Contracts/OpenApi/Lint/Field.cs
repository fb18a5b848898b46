namespace Davit.Contracts.OpenApi.Lint;

/// <summary>What the value of a field must look like.</summary>
internal enum Shape
{
    Anything,
    Text,
    Flag,
    Number,

    /// <summary>A whole number that is not negative.</summary>
    Count,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A list of any values.</summary>
    Values,

    /// <summary>Names with any values.</summary>
    Names,

    /// <summary>One object of a kind.</summary>
    One,

    /// <summary>A list of objects of a kind.</summary>
    List,

    /// <summary>Objects of a kind by their names.</summary>
    Map,
}

/// <summary>A field that objects of some kind have.</summary>
/// <param name="Part">The kind of the objects it holds.</param>
internal sealed record Field(string Name, Shape Shape, Part Part = default)
{
    public SpecVersion Since { get; init; } = SpecVersion.V20;

    public SpecVersion Until { get; init; } = SpecVersion.V32;

    public bool IsRequired { get; init; }

    /// <summary>A rule of its own tells when it is missing or is something else.</summary>
    public bool HasOwnRule { get; init; }

    public bool IsIn(SpecVersion version) => Since <= version && version <= Until;

    public static Field[] Of(Shape shape, params ReadOnlySpan<string> names)
    {
        var fields = new Field[names.Length];
        for (var i = 0; i < names.Length; i++)
            fields[i] = new Field(names[i], shape);
        return fields;
    }

    public static Field[] Of(Shape shape, Part part, params ReadOnlySpan<string> names)
    {
        var fields = new Field[names.Length];
        for (var i = 0; i < names.Length; i++)
            fields[i] = new Field(names[i], shape, part);
        return fields;
    }
}

internal static class Fields
{
    public static Field[] From(this Field[] fields, SpecVersion version) => Array.ConvertAll(fields, f => f with { Since = version });

    public static Field[] UpTo(this Field[] fields, SpecVersion version) => Array.ConvertAll(fields, f => f with { Until = version });

    public static Field[] Required(this Field[] fields) => Array.ConvertAll(fields, f => f with { IsRequired = true });

    public static Field[] WithOwnRule(this Field[] fields) => Array.ConvertAll(fields, f => f with { HasOwnRule = true });
}
