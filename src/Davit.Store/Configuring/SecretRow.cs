using Davit.Model;

namespace Davit.Store.Configuring;

/// <summary>A secret without its value.</summary>
public sealed record SecretRow : PlacedRow
{
    public required SecretId Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>file</c>, or <c>env</c>: also as a variable.</summary>
    public required string Deliver { get; init; }

    /// <summary>The newest.</summary>
    public required int Version { get; init; }

    public required bool Unset { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who set the newest version, and when.</summary>
    public required string Author { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    /// <summary>How wishes name one version of it.</summary>
    public string Pin => PinOf(Id, Version);

    public static string PinOf(SecretId id, int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}@{version}");
}

/// <summary>One value of a secret, sealed; never changed.</summary>
public sealed record SecretVersionRow
{
    public required int Version { get; init; }

    public required string Digest { get; init; }

    /// <summary><c>given</c>, <c>random</c>, <c>import</c> or <c>rotation</c>.</summary>
    public required string Origin { get; init; }

    public required string Author { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Sealed bytes and where they belong.</summary>
public sealed record SealedSecretRow : PlacedRow
{
    public required string Name { get; init; }

    public required int Version { get; init; }

    public required byte[] Sealed { get; init; }

    /// <summary>A rotation has ended it: nothing starts with it any more.</summary>
    public bool IsRetired { get; init; }
}
