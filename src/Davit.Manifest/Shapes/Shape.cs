using System.Text.RegularExpressions;

namespace Davit.Manifest.Shapes;

[Flags]
internal enum Kinds
{
    None = 0,
    Text = 1,
    Integer = 2,
    Number = 4,
    Flag = 8,
    Null = 16,
}

/// <summary>
/// What one place of a manifest may hold: some scalars, a list, a mapping, or several of them. The tables in this
/// folder are transcribed from the Compose Specification's schema and from the description of <c>davit.yaml</c>.
/// </summary>
internal sealed record Shape
{
    public Kinds Kinds { get; init; }

    public string[]? Allowed { get; init; }

    /// <summary>The text must match somewhere.</summary>
    public Regex? Pattern { get; init; }

    public long? Min { get; init; }

    public long? Max { get; init; }

    public ListShape? List { get; init; }

    public MapShape? Map { get; init; }

    /// <summary>One line for people; it ends up in messages, in the JSON Schema and in explanations.</summary>
    public string Says { get; init; } = "";

    public Shape Or(Shape other) => this with
    {
        Kinds = Kinds | other.Kinds,
        List = List ?? other.List,
        Map = Map ?? other.Map,
        Allowed = Allowed ?? other.Allowed,
        Pattern = Pattern ?? other.Pattern,
    };

    public Shape About(string text) => this with { Says = text };
}

internal sealed record ListShape(Shape Item, bool IsUnique);

internal sealed record MapShape
{
    public IReadOnlyDictionary<string, Shape> Known { get; init; } = new Dictionary<string, Shape>(StringComparer.Ordinal);

    /// <summary>What every other key holds; <see langword="null"/> allows no other key.</summary>
    public Shape? Others { get; init; }

    /// <summary>How other keys are written, when not anyhow.</summary>
    public Regex? OtherKeys { get; init; }

    /// <summary>Keys that neither are known nor match <see cref="OtherKeys"/> are let through.</summary>
    public bool IsOpen { get; init; }

    /// <summary><c>x-*</c> keys are kept and never read.</summary>
    public bool TakesExtensions { get; init; } = true;

    public string[] Required { get; init; } = [];
}
