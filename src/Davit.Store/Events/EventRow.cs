using System.Text.Json.Nodes;
using Davit.Model;
using Davit.Model.Audit;

namespace Davit.Store.Events;

/// <summary>A fact that a write will add to its org's log.</summary>
/// <param name="Type">Kebab-case name, <c>noun.verb-in-past</c>.</param>
/// <param name="Subjects">Ids and addresses of everything it is about, the most specific first.</param>
public sealed record EventDraft(string Type, IReadOnlyList<string> Subjects, JsonObject Payload, int Version = 1)
{
    /// <summary><c>allowed</c>, or <c>denied</c> when it tells of something that was refused.</summary>
    public string Decision { get; init; } = ChainedEvent.Allowed;
}

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

    /// <summary>Which members the hash covers; events that were written before there was an address have form 1.</summary>
    public int Form { get; init; } = 1;

    /// <summary>Where the request came from: an IP address, that of this machine for the unix socket, "" when nobody asked.</summary>
    public string Address { get; init; } = "";

    public string Decision { get; init; } = ChainedEvent.Allowed;

    public required string PrevHash { get; init; }

    public required string Hash { get; init; }

    public string ComputeHash() => Chained().ComputeHash();

    public ChainedEvent Chained() => new()
    {
        Org = OrgId.ToString(),
        Seq = Seq,
        At = At,
        Type = Type,
        Version = Version,
        Subjects = Subjects,
        Actor = Actor,
        RequestId = RequestId,
        CorrelationId = CorrelationId,
        Payload = JsonNode.Parse(Payload),
        Form = Form,
        Address = Address,
        Decision = Decision,
        PrevHash = PrevHash,
        Hash = Hash,
    };
}
