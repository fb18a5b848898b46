using Davit.Contracts.Documents;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>How an element behaves, whatever its file is written in: the defaults of the edition, then what the file, its parents and it itself say.</summary>
internal sealed record Features
{
    private static readonly Features Proto2 = new() { Presence = Presence.Explicit, IsClosedEnum = true, VerifiesUtf8 = false, IsJsonAllowed = false, IsPacked = false };
    private static readonly Features Proto3 = new() { Presence = Presence.Implicit };
    private static readonly Features Edition2023 = new() { Presence = Presence.Explicit };
    private static readonly Features Edition2024 = Edition2023 with { CppString = CppString.View };

    public Presence Presence { get; private init; }

    public bool IsClosedEnum { get; private init; }

    public bool IsPacked { get; private init; } = true;

    public bool VerifiesUtf8 { get; private init; } = true;

    public bool IsDelimited { get; private init; }

    /// <summary>False where the compiler only does its best.</summary>
    public bool IsJsonAllowed { get; private init; } = true;

    public CppString CppString { get; private init; } = CppString.String;

    /// <summary>Java verifies even where others do not.</summary>
    public bool JavaVerifiesUtf8 { get; private init; }

    /// <exception cref="UnreadableException">The edition is not known.</exception>
    public static Features Of(Edition edition, string file) => edition switch
    {
        Edition.Proto2 => Proto2,
        Edition.Proto3 => Proto3,
        Edition.Edition2023 => Edition2023,
        Edition.Edition2024 => Edition2024,
        _ => throw new UnreadableException(UnreadableCodes.Version, $"'{file}' is written in an edition that is not known; proto2, proto3, 2023 and 2024 are"),
    };

    /// <param name="said">The features that an element names; empty for most.</param>
    public Features With(WireMessage said)
    {
        if (said.IsEmpty)
            return this;
        var (cpp, java) = (said.Message(1000), said.Message(1001));
        return this with
        {
            Presence = said.Number(1) is { } presence ? (Presence)presence : Presence,
            IsClosedEnum = said.Number(2) is { } type ? type is 2 : IsClosedEnum,
            IsPacked = said.Number(3) is { } encoding ? encoding is 1 : IsPacked,
            VerifiesUtf8 = said.Number(4) is { } validation ? validation is 2 : VerifiesUtf8,
            IsDelimited = said.Number(5) is { } message ? message is 2 : IsDelimited,
            IsJsonAllowed = said.Number(6) is { } json ? json is 1 : IsJsonAllowed,
            CppString = cpp.Number(2) is { } text ? (CppString)text : CppString,
            JavaVerifiesUtf8 = java.Number(2) is { } verify ? verify is 2 : JavaVerifiesUtf8,
        };
    }
}

internal enum Presence
{
    Explicit = 1,
    Implicit = 2,
    Required = 3,
}

internal enum CppString
{
    View = 1,
    Cord = 2,
    String = 3,

    /// <summary>Only the older option has it.</summary>
    StringPiece = 100,
}

internal enum Edition
{
    Proto2 = 998,
    Proto3 = 999,
    Edition2023 = 1000,
    Edition2024 = 1001,
}
