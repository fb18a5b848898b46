using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;

namespace Davit.Edge.Forwarding.Http1;

/// <summary>Carries the body of an answer to the client. What has arrived is passed on before the target is waited for again.</summary>
internal readonly struct Download(Exchange exchange, UpstreamConnection connection, TimeProvider clock, long idle)
{
    /// <returns>False when the answer could not be brought to its end; the client's connection has been ended then.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> RunAsync(CancellationToken ct)
    {
        var head = connection.Head;
        var body = exchange.Http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();

        // An HTTP/1.1 client gets the target's chunks as they are: trailers included, which the server has no other way to send.
        var raw = head.Framing is BodyFraming.Chunked && exchange.Http.Request.Protocol is "HTTP/1.1";
        if (raw)
            exchange.Http.Response.Headers.TransferEncoding = "chunked";

        try
        {
            await body.StartAsync(ct);
            var whole = head.Framing switch
            {
                BodyFraming.None => true,
                BodyFraming.Length => await LengthAsync(body.Writer, head.Length, ct),
                BodyFraming.Chunked => await ChunkedAsync(body.Writer, raw, ct),
                BodyFraming.UntilClose => await UntilCloseAsync(body.Writer, ct),
            };
            if (!whole)
                exchange.Http.Abort();
            else if (head.Framing is not BodyFraming.None)
                await body.Writer.FlushAsync(ct);

            return whole;
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            exchange.IsClientGone = ct.IsCancellationRequested;
            exchange.IsCut = connection.Reason is AbortReason.Cut;
            exchange.Http.Abort();
            return false;
        }
    }

    private async ValueTask<bool> LengthAsync(PipeWriter to, long left, CancellationToken ct)
    {
        while (left > 0)
        {
            if (connection.Received.Length is 0 && !await MoreAsync(to, ct))
                return false;

            var take = (int)Math.Min(left, connection.Received.Length);
            Put(to, connection.Received[..take]);
            connection.Start += take;
            left -= take;
        }

        return true;
    }

    private async ValueTask<bool> UntilCloseAsync(PipeWriter to, CancellationToken ct)
    {
        do
        {
            Put(to, connection.Received);
            connection.Start = connection.End;
        }
        while (await MoreAsync(to, ct));

        return !exchange.IsClientGone;
    }

    private async ValueTask<bool> ChunkedAsync(PipeWriter to, bool raw, CancellationToken ct)
    {
        var chunks = connection.Chunks;
        var tail = new EventBoundary();
        chunks.Reset();
        while (true)
        {
            Pass(to, chunks, raw, ref tail);
            if (chunks.IsDone)
                return raw || AppendTrailers(chunks);

            if (chunks.IsBroken)
                return false;

            try
            {
                if (!await MoreAsync(to, ct))
                    return false;
            }
            catch (Exception e) when (connection.Reason is AbortReason.Cut && tail.IsBetweenEvents && chunks.IsBetweenChunks && e is SocketException or ObjectDisposedException)
            {
                // The time of a drained event stream is over between two events: the client sees a clean end and connects anew.
                exchange.IsCut = true;
                if (raw)
                    Put(to, "0\r\n\r\n"u8);

                return true;
            }
        }
    }

    private void Pass(PipeWriter to, ChunkScanner chunks, bool raw, ref EventBoundary tail)
    {
        var bytes = connection.Received;
        var passed = 0;
        while (chunks.Step(bytes[passed..], out var content) is var step and > 0)
        {
            passed += step;
            tail.Saw(content);
            if (!raw)
                Put(to, content);
        }

        if (raw)
            Put(to, bytes[..passed]);

        connection.Start += passed;
    }

    private bool AppendTrailers(ChunkScanner chunks)
    {
        foreach (var (name, value) in chunks.Trailers)
        {
            if (exchange.Http.Response.SupportsTrailers())
                exchange.Http.Response.AppendTrailer(name, value);
        }

        return true;
    }

    /// <summary>Flushes what the client has coming and receives more. False when the target closed or the client left.</summary>
    private async ValueTask<bool> MoreAsync(PipeWriter to, CancellationToken ct)
    {
        connection.Deadline = clock.GetTimestamp() + idle;
        if ((await to.FlushAsync(ct)).IsCompleted)
        {
            exchange.IsClientGone = true;
            return false;
        }

        return await connection.FillAsync(ct) > 0;
    }

    private void Put(PipeWriter to, ReadOnlySpan<byte> bytes)
    {
        exchange.BytesOut += bytes.Length;
        to.Write(bytes);
    }
}
