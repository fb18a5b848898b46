using Davit.Model;

namespace Davit.Store.Releasing;

/// <summary>One immutable bundle. Rows of this table are inserted and never updated.</summary>
public sealed record ReleaseRow
{
    public required ReleaseId Id { get; init; }

    public required OrgId OrgId { get; init; }

    public required AppId AppId { get; init; }

    public required int Number { get; init; }

    /// <summary>SHA-256 over everything the release was made from; two equal inputs give one release.</summary>
    public required string InputHash { get; init; }

    public required string ManifestHash { get; init; }

    /// <summary>The canonical manifest, a JSON object.</summary>
    public required string Manifest { get; init; }

    /// <summary>What each service runs: digests, files, trees. A JSON array.</summary>
    public required string Services { get; init; }

    /// <summary>Commit, builder, hash of the inputs. A JSON object.</summary>
    public required string Provenance { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
