using System.Text.Json.Nodes;
using Davit.Model;

namespace Davit.Store.Events;

/// <summary>A fact that a write will add to its org's log.</summary>
/// <param name="Type">Kebab-case name, <c>noun.verb-in-past</c>.</param>
/// <param name="Subjects">Ids and addresses of everything it is about, the most specific first.</param>
public sealed record EventDraft(string Type, IReadOnlyList<string> Subjects, JsonObject Payload, int Version = 1);

/// <summary>One immutable, ordered, hash-chained fact.</summary>
public sealed record EventRow
{
    public required OrgId OrgId { get; init; }

    /// <summary>From 1 per org, without gaps; visible only when all smaller ones are.</summary>
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Type { get; init; }

    public required int Version { get; init; }

    public required string[] Subjects { get; init; }

    public required string Actor { get; init; }

    public required string RequestId { get; init; }

    public required string CorrelationId { get; init; }

    /// <summary>A JSON object.</summary>
    public required string Payload { get; init; }

    public required string PrevHash { get; init; }

    public required string Hash { get; init; }

    /// <summary>SHA-256 over the canonical event without <see cref="Hash"/> but with <see cref="PrevHash"/> (RFC 8785).</summary>
    public string ComputeHash() => CanonicalJson.Hash(new JsonObject
    {
        ["org"] = OrgId.ToString(),
        ["seq"] = Seq,
        ["at"] = At.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["type"] = Type,
        ["version"] = Version,
        ["subjects"] = new JsonArray([.. Subjects.Select(s => JsonValue.Create(s))]),
        ["actor"] = Actor,
        ["requestId"] = RequestId,
        ["correlationId"] = CorrelationId,
        ["payload"] = JsonNode.Parse(Payload),
        ["prevHash"] = PrevHash,
    });
}
