using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Davit.Edge.Control;

namespace Davit.Edge.Tests.Support;

/// <summary>Reads each request by its framing, byte by byte, and answers with what it understood in double braces.</summary>
internal sealed class EchoingTarget : IAsyncDisposable
{
    private readonly ScriptedTarget _target = new(AnswerAsync);

    public EdgeTarget Spec => _target.Spec;

    public int Port => _target.Port;

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    private static async Task AnswerAsync(string head, NetworkStream stream, CancellationToken ct)
    {
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ');
        if (Field(lines, "Expect") is "100-continue")
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), ct);

        var body = Field(lines, "Transfer-Encoding") is not "" ? await ChunksAsync(stream, ct)
            : int.TryParse(Field(lines, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? await BytesAsync(stream, length, ct)
            : "";
        var text = $"{{{{{words[0]} {Origin(words[1])} host={Field(lines, "Host")} a={Field(lines, "X-A")} body={body}}}}}";
        var answer = Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n{(words[0] is "HEAD" ? "" : text)}");
        await stream.WriteAsync(answer, ct);
    }

    /// <summary>Proxies may keep the absolute form; it means the same.</summary>
    private static string Origin(string target) => Uri.TryCreate(target, UriKind.Absolute, out var absolute) && target[0] is not '/' ? absolute.PathAndQuery : target;

    private static string Field(string[] lines, string name) =>
        lines.FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } line ? line[(name.Length + 1)..].Trim() : "";

    private static async Task<string> ChunksAsync(NetworkStream stream, CancellationToken ct)
    {
        var body = new StringBuilder();
        while (true)
        {
            var size = int.Parse((await LineAsync(stream, ct)).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size is 0)
                break;

            body.Append(await BytesAsync(stream, size, ct));
            await LineAsync(stream, ct);
        }

        while (await LineAsync(stream, ct) is not "")
        {
            // Trailers are compared elsewhere: proxies treat them differently.
        }

        return body.ToString();
    }

    private static async Task<string> LineAsync(NetworkStream stream, CancellationToken ct)
    {
        var line = new StringBuilder();
        while (!line.ToString().EndsWith("\r\n", StringComparison.Ordinal))
            line.Append(await BytesAsync(stream, 1, ct));

        return line.ToString(0, line.Length - 2);
    }

    private static async Task<string> BytesAsync(NetworkStream stream, int count, CancellationToken ct)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, ct);
        return Encoding.Latin1.GetString(bytes);
    }
}
