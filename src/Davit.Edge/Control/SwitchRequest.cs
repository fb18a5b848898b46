using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Davit.Model;

namespace Davit.Edge.Control;

/// <summary>Asks the edge to serve an environment as described, once every target that is new has proven ready.</summary>
/// <param name="Id">Repeating a request with the same id is harmless and gets the same answer, also after a restart of the edge.</param>
/// <param name="Fence">The lease's fence; a request with a smaller one than the environment has seen is refused.</param>
/// <param name="Environment">The whole slice as it is to be.</param>
/// <param name="Deadline">How long new targets may take to become ready; when it passes nothing has changed.</param>
public sealed record SwitchRequest(string Id, long Fence, EdgeEnvironment Environment, TimeSpan Deadline);

/// <summary>How a switch ended. Draining goes on after it; see <see cref="DrainState"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Switched), "switched")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record SwitchOutcome
{
    private SwitchOutcome()
    {
    }

    /// <summary>Every request that arrives after this answer is answered by the new table.</summary>
    /// <param name="At">When the new table was complete and went to disk; requests that arrived before were answered by the old one.</param>
    /// <param name="TableVersion">Counts up by one with each swap of this edge.</param>
    /// <param name="Probes">The ring of each target that was new.</param>
    public sealed record Switched(DateTimeOffset At, long TableVersion, ImmutableArray<TargetProbes> Probes) : SwitchOutcome;

    /// <summary>Nothing changed: the old table serves.</summary>
    public sealed record Refused(Problem Why, ImmutableArray<TargetProbes> Probes) : SwitchOutcome;
}

/// <summary>The last results of probing one target, oldest first.</summary>
public sealed record TargetProbes(string Service, string Instance, string Endpoint, bool Ready, ImmutableArray<ProbeAttempt> Ring);

public enum ProbeResult
{
    Ready,
    ConnectionRefused,
    Unreachable,
    TimedOut,

    /// <summary>The connection stood, but what came back was no answer of the expected protocol.</summary>
    BrokenAnswer,
    WrongStatus,
    Redirected,

    /// <summary>421, or 400 and 404 that go away when the probe names another host: the target does not know the Host sent.</summary>
    WrongHost,
    WrongBody,
    NotServing,
}

/// <summary>One question to one target and what came back.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Result">What the answer means.</param>
/// <param name="Status">The HTTP status (gRPC: the status of the call); 0 when there was none.</param>
/// <param name="Latency">Until the answer, or until it was given up.</param>
/// <param name="RedirectTarget">Where a redirect pointed; "" for none.</param>
/// <param name="Body">The first 200 bytes of the answer, as text.</param>
public sealed record ProbeAttempt(
    DateTimeOffset At, ProbeResult Result, int Status, TimeSpan Latency, string RedirectTarget, string Body);

/// <summary>What is left of the targets that a switch replaced.</summary>
/// <param name="Switch">The id of the switch.</param>
/// <param name="InFlight">Requests, streams and connections that still run on replaced targets.</param>
/// <param name="Cut">Those that were ended by the edge because their time was over.</param>
/// <param name="DrainedAt">Null while something runs.</param>
/// <param name="Targets">One entry per replaced target.</param>
public sealed record DrainState(string Switch, int InFlight, int Cut, DateTimeOffset? DrainedAt, ImmutableArray<TargetDrain> Targets)
{
    [JsonIgnore]
    public bool IsDrained => DrainedAt is not null;
}

public sealed record TargetDrain(string Service, string Instance, int InFlight, int WebSockets, int Streams, int Cut);
