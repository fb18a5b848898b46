using System.Buffers;
using System.Text.Json;
using Davit.Edge.Forwarding;

namespace Davit.Edge.AccessLog;

/// <summary>
/// One JSON line per request. Requests write into memory; twice a second it goes to the file. What does not fit is
/// dropped and counted, because a slow disk may not slow down a request.
/// </summary>
internal sealed class AccessLogFile : IAsyncDisposable
{
    private const int MostBuffered = 4 * 1024 * 1024;
    private const int KeptFiles = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly long _mostBytes;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Task _flushing;
    private readonly Utf8JsonWriter _json;
    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _spare = new();
    private long _dropped;

    public AccessLogFile(string path, long mostBytes, TimeProvider clock)
    {
        (_path, _mostBytes, _clock) = (path, mostBytes, clock);
        _json = new Utf8JsonWriter(_filling, new JsonWriterOptions { SkipValidation = true });
        _flushing = RunAsync(_stopped.Token);
    }

    /// <summary>Off when another process writes the same file and turns it over.</summary>
    public bool Rotates { get; set; } = true;

    public long Dropped => Volatile.Read(ref _dropped);

    public void Write(Exchange exchange, TimeSpan took, int status)
    {
        var at = _clock.GetUtcNow();
        lock (_lock)
        {
            if (_filling.WrittenCount > MostBuffered)
            {
                _dropped++;
                return;
            }

            _json.Reset(_filling);
            Line(exchange, at, took, status);
            _json.Flush();
            _filling.Write("\n"u8);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await _flushing;
        _stopped.Dispose();
        await _json.DisposeAsync();
    }

    private void Line(Exchange exchange, DateTimeOffset at, TimeSpan took, int status)
    {
        var request = exchange.Http.Request;
        _json.WriteStartObject();
        _json.WriteString("at"u8, at);
        _json.WriteString("id"u8, exchange.RequestId);
        _json.WriteString("client"u8, exchange.PeerText);
        _json.WriteString("method"u8, request.Method);
        _json.WriteString("host"u8, exchange.Host);
        _json.WriteString("path"u8, request.Path.Value);
        _json.WriteString("protocol"u8, request.Protocol);
        _json.WriteNumber("status"u8, status);
        _json.WriteNumber("ms"u8, Math.Round(took.TotalMilliseconds, 3));
        _json.WriteNumber("in"u8, exchange.BytesIn);
        _json.WriteNumber("out"u8, exchange.BytesOut);
        if (exchange.Route is { } route)
        {
            _json.WriteString("env"u8, route.Environment);
            _json.WriteString("route"u8, route.Route.Id);
            _json.WriteString("service"u8, route.Service.Spec.Name);
            _json.WriteString("release"u8, exchange.Target?.Release ?? route.Service.Spec.Release);
        }

        if (exchange.Target is { } target)
            _json.WriteString("instance"u8, target.Key.Instance);

        if (exchange.Retries > 0)
            _json.WriteNumber("retries"u8, exchange.Retries);

        if (exchange.IsEdgeAnswer)
            _json.WriteBoolean("edge"u8, value: true);

        if (exchange.IsCut)
            _json.WriteBoolean("cut"u8, value: true);

        _json.WriteEndObject();
    }

    private async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(Pause, _clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await FlushAsync();
        }
    }

    private async Task FlushAsync()
    {
        ArrayBufferWriter<byte> full;
        lock (_lock)
        {
            if (_filling.WrittenCount is 0)
                return;

            (full, _filling, _spare) = (_filling, _spare, _filling);
        }

        try
        {
            Rotate();
            await File.AppendAllBytesAsync(_path, full.WrittenMemory, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Interlocked.Add(ref _dropped, full.WrittenSpan.Count((byte)'\n'));
        }

        full.ResetWrittenCount();
    }

    private void Rotate()
    {
        if (!Rotates || new FileInfo(_path) is not { Exists: true, Length: var length } || length < _mostBytes)
            return;

        for (var i = KeptFiles - 1; i >= 1; i--)
        {
            var from = i is 1 ? _path : $"{_path}.{i - 1}";
            if (File.Exists(from))
                File.Move(from, $"{_path}.{i}", overwrite: true);
        }
    }
}
