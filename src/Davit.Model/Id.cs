using System.Buffers;

namespace Davit.Model;

/// <summary>A stable name of one thing: a prefix that says what it is, and a version-7 UUID that sorts by creation.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    static abstract string Prefix { get; }

    static abstract TSelf From(Guid value);

    Guid Value { get; }
}

/// <summary>Makes, prints and reads ids of the form <c>dep_</c> + 32 lower-case hex digits.</summary>
public static class Id
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public static T New<T>(TimeProvider clock) where T : struct, IId<T> => T.From(Version7(clock.GetUtcNow()));

    public static string Format<T>(T id) where T : struct, IId<T> => $"{T.Prefix}_{id.Value:N}";

    /// <summary>The last eight digits, as tables show them.</summary>
    public static string Tail<T>(T id) where T : struct, IId<T> => id.Value.ToString("N")[^8..];

    public static bool TryParse<T>(string? text, out T id) where T : struct, IId<T>
    {
        id = default;
        if (text is null || text.Length != T.Prefix.Length + 33 || !text.StartsWith(T.Prefix, StringComparison.Ordinal) || text[T.Prefix.Length] != '_')
            return false;

        var digits = text.AsSpan(T.Prefix.Length + 1);
        if (digits.ContainsAnyExcept(Digits) || !Guid.TryParseExact(digits, "N", out var value))
            return false;

        id = T.From(value);
        return true;
    }

    /// <summary>It has the form of some id, whatever of.</summary>
    public static bool Looks(string text) => text.Length is 36 && text[3] is '_' && !text.AsSpan(4).ContainsAnyExcept(Digits);

    /// <summary>The 12 bits after the millisecond hold its fraction (RFC 9562, section 6.2, method 3), so ids made within one millisecond sort too.</summary>
    private static Guid Version7(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(at).TryWriteBytes(bytes, bigEndian: true, out _);
        var fraction = (int)(at.UtcTicks % TimeSpan.TicksPerMillisecond * 4096 / TimeSpan.TicksPerMillisecond);
        (bytes[6], bytes[7]) = ((byte)(0x70 | (fraction >> 8)), (byte)fraction);
        return new Guid(bytes, bigEndian: true);
    }

    /// <exception cref="ProblemException">DV4005 when the text is an id of another kind, DV4006 when it is no id.</exception>
    public static T Parse<T>(string text) where T : struct, IId<T> =>
        TryParse<T>(text, out var id) ? id : throw new ProblemException(ApiProblems.BadId(text, T.Prefix));
}
