using Davit.Edge.Forwarding;
using Microsoft.AspNetCore.Connections.Features;

namespace Davit.Edge.Upgrading;

/// <summary>
/// Tells clients of a process that was replaced to open their next connection, which leads to its successor. Only an answer can say
/// so without a loss: a connection that is closed while it is idle may meet a request that is on its way.
/// </summary>
internal sealed class Farewell(TimeProvider clock)
{
    private static readonly object Told = new();

    /// <summary>Until the frame that begins the end is surely before the answer.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(20);

    public async Task SayAsync(Exchange exchange)
    {
        var http = exchange.Http;
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            if (!exchange.IsUpgrade)
                http.Response.Headers.Connection = "close";
        }
        else if (http.Features.Get<IConnectionItemsFeature>()?.Items.TryAdd(Told, Told) is true)
        {
            // Streams that the client opens before it has read the frame are answered too (RFC 9113 section 6.8).
            http.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
            await Task.Delay(Ahead, clock, http.RequestAborted);
        }
    }
}
