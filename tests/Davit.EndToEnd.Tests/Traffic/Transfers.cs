using System.Globalization;
using System.Net;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests.Traffic;

/// <summary>Bodies of a megabyte that take a third of a second each way, so that deployments happen in the midst of them.</summary>
internal sealed class Transfers(App app, Tally tally, CancellationToken stop)
{
    private const int Size = 1 << 20;
    private const int Piece = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public async Task UploadAsync()
    {
        using var http = app.Browser();
        while (!stop.IsCancellationRequested)
        {
            await TryAsync("upload", async () =>
            {
                using var answer = await http.PostAsync("size", new SlowContent(), CancellationToken.None);
                var said = await answer.Content.ReadAsStringAsync(CancellationToken.None);
                return answer.IsSuccessStatusCode && said == Size.ToString(CultureInfo.InvariantCulture) ? "" : $"{(int)answer.StatusCode} {said}";
            });
        }
    }

    public async Task DownloadAsync()
    {
        using var http = app.Browser();
        var buffer = new byte[Piece];
        while (!stop.IsCancellationRequested)
        {
            await TryAsync("download", async () =>
            {
                await using var stream = await http.GetStreamAsync("bytes", CancellationToken.None);
                var size = 0;
                for (var read = 1; read > 0; size += read)
                {
                    read = await stream.ReadAtLeastAsync(buffer, Piece, throwOnEndOfStream: false, CancellationToken.None);
                    await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
                }

                return size == Size ? "" : $"{size} bytes";
            });
        }
    }

    private async Task TryAsync(string kind, Func<Task<string>> transfer)
    {
        try
        {
            if (await transfer() is { Length: > 0 } fault)
                tally.Fails(kind, fault);
            else
                tally.Succeeded(kind);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            tally.Fails(kind, Load.Words(e));
        }
    }

    private sealed class SlowContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[Piece];
            for (var sent = 0; sent < Size; sent += Piece)
            {
                await stream.WriteAsync(piece, CancellationToken.None);
                await stream.FlushAsync(CancellationToken.None);
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Size;
            return true;
        }
    }
}
