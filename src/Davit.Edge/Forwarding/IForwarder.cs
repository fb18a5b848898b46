using Davit.Edge.Routing;

namespace Davit.Edge.Forwarding;

/// <summary>How forwarding to one target ended.</summary>
internal enum ForwardOutcome
{
    /// <summary>The answer reached the client as far as the edge can tell.</summary>
    Done,

    /// <summary>No connection stood; nothing was sent.</summary>
    NotConnected,

    /// <summary>The connection ended before an answer's header.</summary>
    NoAnswer,

    /// <summary>What came back is no answer the edge may pass on.</summary>
    BadAnswer,
    TimedOut,
    ClientGone,

    /// <summary>The client's body was refused while it was read (too large, too slow, malformed).</summary>
    BadBody,

    /// <summary>The drain's time was over before an answer began.</summary>
    Cut,

    /// <summary>It broke after the answer had begun; the client's connection was ended so that it can tell.</summary>
    Broken,
}

/// <summary>Carries one request to one target and its answer back. Unless it ends as done or broken the response has not been touched.</summary>
internal interface IForwarder
{
    ValueTask<ForwardOutcome> ForwardAsync(Exchange exchange, Target target, CancellationToken ct);
}
