namespace Davit.Contracts.GraphQl.Model;

/// <summary>What has a name and may be described and marked.</summary>
internal abstract record Definition(string Name, Origin Origin)
{
    public string? Description { get; init; }

    public IReadOnlyList<DirectiveUse> Uses { get; init; } = [];

    public Deprecation? Deprecation => Uses.FirstOrDefault(u => u.Name is "deprecated") is { } use ? new Deprecation(use) : null;

    /// <summary>The day until which it is promised, by <c>@sunset(date:)</c> or by the reason of its deprecation.</summary>
    public DateOnly? Sunset => Deprecation.DayIn(Uses.FirstOrDefault(u => u.Name is "sunset")?["date"]?.Text) ?? Deprecation?.Sunset;
}

internal sealed record Field(string Name, TypeRef Type, Origin Origin) : Definition(Name, Origin)
{
    public IReadOnlyList<InputValue> Arguments { get; init; } = [];
}

/// <summary>An argument or a field of an input object.</summary>
internal sealed record InputValue(string Name, TypeRef Type, Origin Origin) : Definition(Name, Origin)
{
    public Value? Default { get; init; }

    /// <summary>A caller that leaves it out is refused.</summary>
    public bool IsMandatory => Type.IsNonNull && Default is null;
}

internal sealed record EnumValue(string Name, Origin Origin) : Definition(Name, Origin);

internal sealed record DirectiveDefinition(string Name, Origin Origin) : Definition(Name, Origin)
{
    public IReadOnlyList<InputValue> Arguments { get; init; } = [];

    public IReadOnlyList<NamedRef> Locations { get; init; } = [];

    public bool IsRepeatable { get; init; }
}

/// <summary>A type as another one names it: a union its members, an object its interfaces.</summary>
internal sealed record NamedRef(string Name, Origin Origin);

internal sealed record DirectiveUse(string Name, IReadOnlyList<DirectiveArgument> Arguments, Origin Origin)
{
    public string Text => $"@{Name}({string.Join(", ", Arguments.Select(a => $"{a.Name}: {a.Value}"))})";

    public Value? this[string argument] => Arguments.FirstOrDefault(a => a.Name == argument)?.Value;
}

internal sealed record DirectiveArgument(string Name, Value Value, Origin Origin);
