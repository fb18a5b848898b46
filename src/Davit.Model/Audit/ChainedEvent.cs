using System.Globalization;
using System.Text.Json.Nodes;

namespace Davit.Model.Audit;

/// <summary>
/// One link of an org's log as its hash sees it. Server and command line compute the hash by the same code, so that a log can be
/// checked where nobody trusts the server.
/// </summary>
public sealed record ChainedEvent
{
    /// <summary>The form that events are written in now. Older ones keep theirs, and their hash.</summary>
    public const int NewestForm = 2;

    public const string Allowed = "allowed";

    public required string Org { get; init; }

    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Type { get; init; }

    public required int Version { get; init; }

    public required IReadOnlyList<string> Subjects { get; init; }

    public required string Actor { get; init; }

    public required string RequestId { get; init; }

    public required string CorrelationId { get; init; }

    public required JsonNode? Payload { get; init; }

    /// <summary>Form 1 knows neither address nor decision; form 2 hashes both, and itself.</summary>
    public int Form { get; init; } = 1;

    public string Address { get; init; } = "";

    public string Decision { get; init; } = Allowed;

    public required string PrevHash { get; init; }

    public required string Hash { get; init; }

    /// <summary>Whether the event carries the hash of what it says, in the form that it claims.</summary>
    public bool IsIntact => IsIntactAt(Seq);

    /// <summary>Whether it would be intact under another number: then it was moved.</summary>
    public bool IsIntactAt(long seq) => Form switch
    {
        1 => Address is "" && Decision is Allowed && (this with { Seq = seq }).ComputeHash() == Hash,
        NewestForm => (this with { Seq = seq }).ComputeHash() == Hash,
        _ => false,
    };

    /// <summary>SHA-256 over the canonical event without <see cref="Hash"/> but with <see cref="PrevHash"/> (RFC 8785).</summary>
    public string ComputeHash()
    {
        var hashed = new JsonObject
        {
            ["org"] = Org,
            ["seq"] = Seq,
            ["at"] = At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["type"] = Type,
            ["version"] = Version,
            ["subjects"] = new JsonArray([.. Subjects.Select(s => JsonValue.Create(s))]),
            ["actor"] = Actor,
            ["requestId"] = RequestId,
            ["correlationId"] = CorrelationId,
            ["payload"] = Payload?.DeepClone(),
            ["prevHash"] = PrevHash,
        };
        if (Form > 1)
            (hashed["form"], hashed["address"], hashed["decision"]) = (Form, Address, Decision);
        return CanonicalJson.Hash(hashed);
    }
}
