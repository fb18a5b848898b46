using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>What solving came to: a value, the proof that there is none, or neither.</summary>
internal readonly record struct Found(JsonValue? Value, string? Open)
{
    /// <summary>No value can be.</summary>
    public static Found Nothing => default;

    public bool IsNothing => Value is null && Open is null;

    public static Found One(JsonValue value) => new(value, null);

    public static Found Unknown(string why) => new(null, why);

    /// <summary>The first value of several cases; nothing only when each of them holds nothing.</summary>
    public static Found Any(IEnumerable<Found> cases)
    {
        var open = Nothing;
        foreach (var one in cases)
        {
            if (one.Value is not null)
                return one;
            if (open.IsNothing)
                open = one;
        }

        return open;
    }
}
