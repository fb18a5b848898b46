using System.Globalization;
using Davit.Edge.Draining;
using Yarp.ReverseProxy.Forwarder;

namespace Davit.Edge.Forwarding.Yarp;

/// <summary>Sets the address and the forwarding fields of a request that YARP sends.</summary>
internal sealed class ForwardingFields(Exchange exchange, YarpFlight flight) : HttpTransformer
{
    private static readonly string[] Own = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Request-Id", "Proxy"];

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var given = httpContext.Request.Headers;
        var trusted = exchange.IsPeerTrusted;
        foreach (var name in Own)
            proxyRequest.Headers.Remove(name);

        Set("X-Forwarded-For", trusted && given["X-Forwarded-For"] is { Count: > 0 } chain ? $"{chain}, {exchange.PeerText}" : exchange.PeerText);
        Set("X-Forwarded-Proto", Given("X-Forwarded-Proto") ?? httpContext.Request.Scheme);
        Set("X-Forwarded-Host", Given("X-Forwarded-Host") ?? given.Host.ToString());
        Set("X-Forwarded-Port", Given("X-Forwarded-Port") ?? httpContext.Connection.LocalPort.ToString(CultureInfo.InvariantCulture));
        Set("X-Request-Id", Given("X-Request-Id") ?? exchange.RequestId);
        proxyRequest.Headers.Host = exchange.HostFor(exchange.Target!);
        proxyRequest.RequestUri = new Uri(destinationPrefix + exchange.UpstreamPath, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        void Set(string name, string value) => proxyRequest.Headers.TryAddWithoutValidation(name, value);

        string? Given(string name) => trusted && given[name] is [{ } value, ..] ? value : null;
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null)
            flight.HeaderSeen();

        var media = proxyResponse?.Content.Headers.ContentType?.MediaType ?? "";
        if (media is "text/event-stream" || media.StartsWith("application/grpc", StringComparison.Ordinal))
            flight.Kind = FlightKind.Stream;

        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
