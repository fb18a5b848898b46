using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Davit.Edge.Draining;
using Davit.Edge.Forwarding.Upgrades;
using Davit.Edge.Routing;
using Microsoft.AspNetCore.Http.Features;

namespace Davit.Edge.Forwarding.Http1;

/// <summary>
/// Speaks HTTP/1.1 to targets over plain sockets. One buffer per connection holds first the request's head and then what
/// is received; a small answer goes out with one send on each side.
/// </summary>
internal sealed class Http1Forwarder(TimeProvider clock) : IForwarder
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ForwardOutcome> ForwardAsync(Exchange exchange, Target target, CancellationToken ct)
    {
        if (target.Pool.TryTake(exchange.IsRepeatable) is { } kept)
        {
            // The target may have closed a kept connection just when it was used, or may still have sent something that belongs
            // to the answer before (a body after HEAD is a common fault): that says nothing about this request.
            var outcome = await UseAsync(exchange, kept, ct);
            if (outcome is not (ForwardOutcome.NoAnswer or ForwardOutcome.BadAnswer) || !exchange.IsRepeatable)
                return outcome;
        }

        return await ConnectAsync(exchange, target, ct) is { } fresh ? await UseAsync(exchange, fresh, ct)
            : ct.IsCancellationRequested ? ForwardOutcome.ClientGone
            : ForwardOutcome.NotConnected;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ForwardOutcome> UseAsync(Exchange exchange, UpstreamConnection connection, CancellationToken ct)
    {
        var keep = false;
        connection.Kind = FlightKind.Request;
        try
        {
            (var outcome, keep) = await RunAsync(exchange, connection, ct);
            return outcome;
        }
        finally
        {
            if (keep && connection.Reason is AbortReason.None)
                connection.Target.Pool.Return(connection);
            else
                connection.Dispose();
        }
    }

    /// <summary>
    /// Where there is no other target to turn to, a target whose queue is full for a moment is waited for: TCP repeats its
    /// first packet after one, three and seven seconds, and the user would rather wait than be turned away.
    /// </summary>
    private static TimeSpan Patience(BoundRoute route) => route.Service.Targets.Length > 1 ? route.Route.Timeouts.Connect : route.Route.Timeouts.Connect * 5;

    private static async ValueTask<UpstreamConnection?> ConnectAsync(Exchange exchange, Target target, CancellationToken ct)
    {
        try
        {
            var connection = await target.Pool.ConnectAsync(Patience(exchange.Route!), ct);
            target.Ejection.Connected();
            return connection;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            if (!ct.IsCancellationRequested && !ConnectionBudget.IsOutOfDescriptors(e))
                target.Ejection.Failed();

            return null;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<(ForwardOutcome Outcome, bool Keep)> RunAsync(Exchange exchange, UpstreamConnection connection, CancellationToken ct)
    {
        var timeouts = exchange.Route!.Route.Timeouts;
        Upload? upload = null;
        try
        {
            connection.Deadline = After(timeouts.ResponseHeader);
            var length = RequestHead.Write(exchange, connection);
            var head = connection.Buffer.AsMemory(0, length);
            while (head.Length > 0)
                head = head[await connection.Socket.SendAsync(head, SocketFlags.None, ct)..];

            connection.Start = connection.End = 0;
            if (exchange is { HasBody: true, IsUpgrade: false })
            {
                upload = new Upload(exchange, connection, clock);
                upload.Start(RequestHead.Expects(exchange), ct);
            }

            if (!await ReadHeadAsync(exchange, connection, upload, ct))
                return (await FailedAsync(connection, upload, ForwardOutcome.BadAnswer), false);

            return connection.Head.Status is 101
                ? (await UpgradeAsync(exchange, connection, ct), false)
                : await AnswerAsync(exchange, connection, upload, ct);
        }
        catch (OperationCanceledException)
        {
            connection.Abort(AbortReason.ClientGone);
            return (await FailedAsync(connection, upload, ForwardOutcome.ClientGone), false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            return (await FailedAsync(connection, upload, ForwardOutcome.NoAnswer), false);
        }
    }

    /// <summary>Reads up to the final head. False when what comes is no answer.</summary>
    private static async ValueTask<bool> ReadHeadAsync(Exchange exchange, UpstreamConnection connection, Upload? upload, CancellationToken ct)
    {
        var isHead = HttpMethods.IsHead(exchange.Http.Request.Method);
        var uploading = upload is not null;
        while (true)
        {
            var end = ResponseHead.FindEnd(connection.Received);
            if (end < 0)
            {
                if (connection.Received.Length >= UpstreamConnection.LargestBuffer)
                    return false;

                if (await connection.FillAsync(ct) is 0)
                    return connection.Received.Length is 0 ? throw new IOException("closed before an answer") : false;

                continue;
            }

            if (!connection.Head.TryParse(connection.Received[..end], isHead))
                return false;

            connection.Start += end;
            if (uploading)
                upload!.Decide(connection.Head.Status < 200);

            if (connection.Head.Status is >= 200 or 101)
                return connection.Head.Status is not 101 || exchange.IsUpgrade;
        }
    }

    private static async ValueTask<ForwardOutcome> FailedAsync(UpstreamConnection connection, Upload? upload, ForwardOutcome otherwise)
    {
        var reason = connection.Reason;
        connection.Abort(AbortReason.Closed);
        if (upload is not null && await upload.StopAsync() is UploadEnd.ClientFailed && reason is not AbortReason.ClientGone)
            return ForwardOutcome.BadBody;

        return reason switch
        {
            AbortReason.TimedOut => ForwardOutcome.TimedOut,
            AbortReason.ClientGone => ForwardOutcome.ClientGone,
            AbortReason.Cut => ForwardOutcome.Cut,
            _ => otherwise,
        };
    }

    private async ValueTask<(ForwardOutcome Outcome, bool Keep)> AnswerAsync(Exchange exchange, UpstreamConnection connection, Upload? upload, CancellationToken ct)
    {
        var head = connection.Head;
        if (!AnswerHead.TryApply(exchange, head))
            return (await FailedAsync(connection, upload, ForwardOutcome.BadAnswer), false);

        if (AnswerHead.IsStream(head))
            connection.Kind = FlightKind.Stream;

        var idle = (long)(exchange.Route!.Route.Timeouts.Idle.TotalSeconds * clock.TimestampFrequency);
        var whole = await new Download(exchange, connection, clock, idle).RunAsync(ct);
        var sent = upload is null || await upload.StopAsync() is UploadEnd.Sent;
        return (whole ? ForwardOutcome.Done : ForwardOutcome.Broken, whole && sent && head.KeepsAlive && connection.Received.Length is 0);
    }

    private async ValueTask<ForwardOutcome> UpgradeAsync(Exchange exchange, UpstreamConnection connection, CancellationToken ct)
    {
        var head = connection.Head;
        var isWebSocket = head.Upgrade.Equals("websocket", StringComparison.OrdinalIgnoreCase);
        connection.Kind = isWebSocket ? FlightKind.WebSocket : FlightKind.Stream;
        if (!AnswerHead.TryApply(exchange, head))
            return ForwardOutcome.BadAnswer;

        var features = exchange.Http.Features;
        Stream client;
        if (exchange.IsExtendedConnect)
        {
            exchange.Http.Response.Headers.Remove("Sec-WebSocket-Accept");
            exchange.Http.Response.StatusCode = StatusCodes.Status200OK;
            client = await features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync();
        }
        else
        {
            exchange.Http.Response.Headers.Upgrade = head.Upgrade;
            client = await features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        }

        exchange.Route!.Figures.WebSocket();
        var tunnel = new UpgradeTunnel(connection, client, isWebSocket, exchange.Route.Route.Timeouts.Idle, clock);
        await tunnel.RunAsync(ct);
        (exchange.BytesIn, exchange.BytesOut) = (tunnel.BytesIn, tunnel.BytesOut);
        exchange.IsCut = connection.Reason is AbortReason.Cut;
        return ForwardOutcome.Done;
    }

    private long After(TimeSpan span) => clock.GetTimestamp() + (long)(span.TotalSeconds * clock.TimestampFrequency);
}
