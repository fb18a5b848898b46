using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Davit.Edge.Draining;
using Davit.Edge.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Davit.Edge.Forwarding.Yarp;

/// <summary>Forwards through YARP: HTTP/2 with prior knowledge to targets that say so, with streams and trailers both ways.</summary>
internal sealed class YarpForwarder(IHttpForwarder forwarder) : IForwarder
{
    private readonly ConcurrentDictionary<Target, HttpMessageInvoker> _invokers = [];

    public async ValueTask<ForwardOutcome> ForwardAsync(Exchange exchange, Target target, CancellationToken ct)
    {
        var http = exchange.Http;
        var timeouts = exchange.Route!.Route.Timeouts;
        using var flight = new YarpFlight(target, ct);
        var configuration = new ForwarderRequestConfig
        {
            ActivityTimeout = timeouts.Idle < timeouts.ResponseHeader ? timeouts.ResponseHeader : timeouts.Idle,
            Version = target.Key.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var grpc = http.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) is true;
        flight.Kind = grpc ? FlightKind.Stream : FlightKind.Request;
        flight.LimitHeader(timeouts.ResponseHeader);
        using var upgrades = new PeerSeam(http, flight);
        var error = await forwarder.SendAsync(http, $"http://{target.Endpoint}", Invoker(target, timeouts.Connect), configuration, new ForwardingFields(exchange, flight), flight.Token);
        return Conclude(exchange, target, flight, error);
    }

    /// <summary>A target's connections end with it.</summary>
    private HttpMessageInvoker Invoker(Target target, TimeSpan connect)
    {
        if (_invokers.TryGetValue(target, out var known))
            return known;

        var made = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
            ConnectTimeout = connect,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        });
        if (!_invokers.TryAdd(target, made))
        {
            made.Dispose();
            return _invokers[target];
        }

        target.OnDisposed(() =>
        {
            if (_invokers.TryRemove(target, out var invoker))
                invoker.Dispose();
        });
        return made;
    }

    private static ForwardOutcome Conclude(Exchange exchange, Target target, YarpFlight flight, ForwarderError error)
    {
        var http = exchange.Http;
        if (error is ForwarderError.None)
        {
            target.Ejection.Connected();
            return ForwardOutcome.Done;
        }

        var why = http.Features.Get<IForwarderErrorFeature>()?.Exception;
        if (http.Response.HasStarted)
        {
            exchange.IsCut = flight.IsCut;
            exchange.IsClientGone = http.RequestAborted.IsCancellationRequested;
            http.Abort();
            return ForwardOutcome.Broken;
        }

        http.Response.Clear();
        if (http.RequestAborted.IsCancellationRequested)
            return ForwardOutcome.ClientGone;

        if (flight.IsCut)
            return ForwardOutcome.Cut;

        if (why is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError })
        {
            target.Ejection.Failed();
            return ForwardOutcome.NotConnected;
        }

        if (BadBody(why) is { } bad)
        {
            exchange.BodyStatus = bad.StatusCode;
            return ForwardOutcome.BadBody;
        }

        return flight.IsTimedOut || error is ForwarderError.RequestTimedOut ? ForwardOutcome.TimedOut : ForwardOutcome.NoAnswer;
    }

    private static BadHttpRequestException? BadBody(Exception? fault) => fault switch
    {
        null => null,
        BadHttpRequestException bad => bad,
        AggregateException several => several.InnerExceptions.Select(BadBody).FirstOrDefault(b => b is not null),
        _ => BadBody(fault.InnerException),
    };
}
