using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Model;

namespace Davit.Drivers.Docker.Engine;

/// <summary>
/// A raw connection after <c>101 UPGRADED</c>. Written by hand because an HTTP client has no way to end one direction,
/// and a process that reads its input to the end needs exactly that.
/// </summary>
internal sealed class HijackedConnection : IAsyncDisposable
{
    private const int LongestHead = 16 * 1024;

    private readonly Stream _stream;
    private ReadOnlyMemory<byte> _early;

    private readonly string _address;

    private HijackedConnection(Stream stream, ReadOnlyMemory<byte> early, string address) => (_stream, _early, _address) = (stream, early, address);

    public static async Task<HijackedConnection> OpenAsync(EngineEndpoint endpoint, EngineCall call, CancellationToken ct)
    {
        var stream = await endpoint.ConnectAsync(ct);
        try
        {
            var content = call.Content is null ? [] : await call.Content().ReadAsByteArrayAsync(ct);
            var head = $"{call.Method} {call.Path} HTTP/1.1\r\nHost: engine\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {content.Length.ToString(CultureInfo.InvariantCulture)}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head).Concat(content).ToArray(), ct);
            return await ReadHeadAsync(stream, endpoint.Address, call, ct);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="ProblemException">DV3001, the connection was lost.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        if (_early.IsEmpty)
            return await GuardedAsync(_stream.ReadAsync(buffer, ct), ct);

        var count = Math.Min(_early.Length, buffer.Length);
        _early[..count].CopyTo(buffer);
        _early = _early[count..];
        return count;
    }

    /// <exception cref="ProblemException">DV3001, the connection was lost or the process takes no input any more.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => await GuardedAsync(WrittenAsync(bytes, ct), ct);

    private async ValueTask<int> WrittenAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await _stream.WriteAsync(bytes, ct);
        return bytes.Length;
    }

    private async ValueTask<int> GuardedAsync(ValueTask<int> transfer, CancellationToken ct)
    {
        try
        {
            return await transfer;
        }
        catch (Exception failure) when (GuardedStream.IsLoss(failure) && !ct.IsCancellationRequested)
        {
            throw new ProblemException(DriverProblems.RuntimeUnreachable(_address, failure.Message), failure);
        }
    }

    /// <summary>Ends our direction only.</summary>
    public async ValueTask CloseWriteAsync()
    {
        try
        {
            if (_stream is NetworkStream network)
                network.Socket.Shutdown(SocketShutdown.Send);
            else if (_stream is SslStream tls)
                await tls.ShutdownAsync();
        }
        catch (Exception gone) when (GuardedStream.IsLoss(gone))
        {
            // The other side has ended both directions already.
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static async Task<HijackedConnection> ReadHeadAsync(Stream stream, string address, EngineCall call, CancellationToken ct)
    {
        var buffer = new byte[LongestHead];
        var filled = 0;
        var end = -1;
        while (end < 0)
        {
            var read = filled < buffer.Length ? await stream.ReadAsync(buffer.AsMemory(filled), ct) : 0;
            if (read is 0)
                throw new IOException("the engine closed the connection before it answered");
            filled += read;
            end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }

        var status = StatusOf(buffer.AsSpan(0, end));
        var rest = buffer.AsMemory((end + 4)..filled);
        if (status is HttpStatusCode.SwitchingProtocols or HttpStatusCode.OK)
            return new(stream, rest, address);

        var body = rest.ToArray().ToList();
        var more = ArrayPool<byte>.Shared.Rent(4096);
        for (var read = 1; read > 0 && body.Count < LongestHead && !HasWholeDocument(body); body.AddRange(more.AsSpan(0, read)))
            read = await stream.ReadAsync(more, ct);
        ArrayPool<byte>.Shared.Return(more);
        throw new EngineException(call, status, ErrorReply.Read([.. body], status));
    }

    /// <summary>Error bodies are one JSON object; the engine keeps the connection open after it.</summary>
    private static bool HasWholeDocument(List<byte> body) => body.Count > 0 && body.AsEnumerable().Reverse().SkipWhile(b => b is (byte)'\n' or (byte)'\r').FirstOrDefault() is (byte)'}';

    private static HttpStatusCode StatusOf(ReadOnlySpan<byte> head)
    {
        var line = Encoding.ASCII.GetString(head).Split("\r\n")[0].Split(' ');
        return line.Length >= 2 && int.TryParse(line[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? (HttpStatusCode)status
            : throw new IOException("the engine did not answer in HTTP");
    }
}
