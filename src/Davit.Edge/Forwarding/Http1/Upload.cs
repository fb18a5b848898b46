using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Davit.Edge.Forwarding.Http1;

internal enum UploadEnd
{
    Sent,

    /// <summary>The client left or sent something that is refused.</summary>
    ClientFailed,

    /// <summary>The target stopped taking it; it may have answered already.</summary>
    TargetFailed,

    /// <summary>Nobody wants the rest.</summary>
    Stopped,
}

/// <summary>Carries a request's body to the target while the answer may already be coming.</summary>
internal sealed class Upload(Exchange exchange, UpstreamConnection connection, TimeProvider clock)
{
    /// <summary>How long a target that was asked whether it wants the body may keep silent (RFC 9110 section 10.1.1).</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly PipeReader _reader = exchange.Http.Request.BodyReader;
    private readonly bool _chunked = exchange.Http.Request.ContentLength is null;
    private readonly TaskCompletionSource<bool> _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopped;
    private volatile bool _answered;

    public Task<UploadEnd> Ended { get; private set; } = Task.FromResult(UploadEnd.Sent);

    public void Start(bool waits, CancellationToken ct) => Ended = RunAsync(waits, ct);

    /// <summary>The target said whether it wants the body; a final answer says that it does not.</summary>
    public void Decide(bool wanted)
    {
        _answered |= !wanted;
        _wanted.TrySetResult(wanted);
    }

    public async ValueTask<UploadEnd> StopAsync()
    {
        if (!Ended.IsCompleted)
        {
            _stopped = true;
            Decide(wanted: false);
            _reader.CancelPendingRead();
        }

        return await Ended;
    }

    private async Task<UploadEnd> RunAsync(bool waits, CancellationToken ct)
    {
        if (waits && !await IsWantedAsync(ct))
            return UploadEnd.Stopped;

        while (true)
        {
            ReadResult read;
            try
            {
                read = await _reader.ReadAsync(ct);
            }
            catch (Exception e) when (e is IOException or BadHttpRequestException or OperationCanceledException)
            {
                // The target waits for the rest and nobody will send it.
                connection.Abort(AbortReason.Closed);
                exchange.BodyStatus = (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
                return UploadEnd.ClientFailed;
            }

            if (read.IsCanceled || _stopped)
            {
                _reader.AdvanceTo(read.Buffer.Start);
                return UploadEnd.Stopped;
            }

            connection.Deadline = After(exchange.Route!.Route.Timeouts.Idle);
            var sent = await TrySendAsync(read.Buffer, read.IsCompleted, ct);
            _reader.AdvanceTo(read.Buffer.End);
            if (!sent)
                return UploadEnd.TargetFailed;

            if (read.IsCompleted)
            {
                // All was said, so from here the target's time to answer runs.
                if (!_answered)
                    connection.Deadline = After(exchange.Route!.Route.Timeouts.ResponseHeader);

                return UploadEnd.Sent;
            }
        }
    }

    private long After(TimeSpan span) => clock.GetTimestamp() + (long)(span.TotalSeconds * clock.TimestampFrequency);

    private async Task<bool> IsWantedAsync(CancellationToken ct)
    {
        try
        {
            return await _wanted.Task.WaitAsync(Patience, clock, ct);
        }
        catch (TimeoutException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async ValueTask<bool> TrySendAsync(ReadOnlySequence<byte> body, bool last, CancellationToken ct)
    {
        exchange.BytesIn += body.Length;
        var rented = ArrayPool<byte>.Shared.Rent((int)Math.Min(body.Length, 64 * 1024) + 64);
        try
        {
            while (!body.IsEmpty)
            {
                var part = body.Slice(0, Math.Min(body.Length, rented.Length - 64));
                body = body.Slice(part.End);
                await SendAsync(rented.AsMemory(0, Frame(part, rented)), ct);
            }

            if (last && _chunked)
                await SendAsync(LastChunk(), ct);

            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private int Frame(in ReadOnlySequence<byte> part, byte[] to)
    {
        if (!_chunked)
        {
            part.CopyTo(to);
            return (int)part.Length;
        }

        var at = Encoding.ASCII.GetBytes(part.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n", to);
        part.CopyTo(to.AsSpan(at));
        at += (int)part.Length;
        "\r\n"u8.CopyTo(to.AsSpan(at));
        return at + 2;
    }

    private byte[] LastChunk()
    {
        var text = new StringBuilder("0\r\n");
        if (exchange.Http.Features.Get<IHttpRequestTrailersFeature>() is { Available: true } trailers)
        {
            foreach (var (name, values) in trailers.Trailers)
            {
                if (!FieldNames.IsHopByHop(name) && name is not ("Content-Length" or "Host"))
                    text.Append(name).Append(": ").Append(values.ToString()).Append("\r\n");
            }
        }

        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
            bytes = bytes[await connection.Socket.SendAsync(bytes, SocketFlags.None, ct)..];
    }
}
