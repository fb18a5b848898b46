using Davit.Edge.AccessLog;
using Davit.Edge.Control;
using Davit.Edge.Forwarding;
using Davit.Edge.Upgrading;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace Davit.Edge;

/// <summary>
/// What the server calls for each request. It takes the place of the hosting pipeline: no middleware, no scopes, and one
/// exchange object per connection.
/// </summary>
internal sealed partial class EdgeApplication(
    Dispatcher dispatcher, ApplicationParts parts, AccessLogFile? log, EdgeOptions options, TimeProvider clock, ILogger<EdgeApplication> logger) : IHttpApplication<Exchange>
{
    private readonly RequestIds _ids = new(clock);

    public Exchange CreateContext(IFeatureCollection contextFeatures)
    {
        var exchange = contextFeatures is IHostContextContainer<Exchange> container ? container.HostContext ??= new Exchange() : new Exchange();
        exchange.Begin(contextFeatures, clock, _ids);
        return exchange;
    }

    public async Task ProcessRequestAsync(Exchange context)
    {
        var http = context.Http;
        if (http.Features.Get<ControlMark>() is not null)
        {
            await parts.Control.HandleAsync(http, http.RequestAborted);
            return;
        }

        if (parts.Handover.IsDone)
            await parts.Farewell.SayAsync(context);

        context.IsPeerTrusted = !options.TrustedProxies.IsEmpty && IsTrusted(http.Connection.RemoteIpAddress);
        try
        {
            await dispatcher.HandleAsync(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            context.IsClientGone = true;
        }
        catch (BadHttpRequestException)
        {
            throw;
        }
        catch (Exception e)
        {
            LogFault(context.RequestId, e);
            throw;
        }
        finally
        {
            Conclude(context);
        }
    }

    public void DisposeContext(Exchange context, Exception? exception) => context.Http.Uninitialize();

    private bool IsTrusted(System.Net.IPAddress? peer)
    {
        if (peer is null)
            return false;

        var plain = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return options.TrustedProxies.Any(n => n.Contains(plain));
    }

    private void Conclude(Exchange exchange)
    {
        var took = clock.GetElapsedTime(exchange.StartedAt);
        var status = exchange.IsClientGone ? 499 : exchange.Http.Response.StatusCode;
        if (exchange.Route is { } route)
        {
            route.Figures.Answered(status, took, exchange.BytesIn, exchange.BytesOut);
            exchange.Side?.Answered(status, took);
            if (exchange.IsClientGone)
                route.Figures.ClientGone();

            if (exchange.IsEdgeAnswer && status >= 500)
                route.Figures.EdgeError();
        }

        log?.Write(exchange, took, status);
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "Request {Id} met a fault of the edge itself")]
    private partial void LogFault(string id, Exception fault);
}

/// <summary>What requests meet besides the dispatcher.</summary>
internal sealed record ApplicationParts(ControlEndpoints Control, Handover Handover, Farewell Farewell);
