using System.Buffers;
using Davit.Edge.Forwarding.Http1;
using Davit.Edge.Forwarding.Upgrades;
using Davit.Edge.Tls;
using Davit.Testing.Fuzzing;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests.Fuzzing;

/// <summary>Readers of bytes from targets and clients: whatever comes, and in whatever pieces, they come to one verdict.</summary>
public sealed class BytesFuzzTests
{
    private static readonly string[] Fields =
    [
        "HTTP/1.1 200 OK\r\n", "HTTP/1.0 304 \r\n", "HTTP/1.1 101 Switching Protocols\r\n", "Content-Length: ", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Connection: keep-alive, x-a\r\n", "Upgrade: websocket\r\n",
        "Set-Cookie: a=b\r\n", "\r\n\r\n", "\n\n", ":", ", ", "gzip, chunked", "+5", "0x5", "5, 5", " chunked",
    ];

    [Fact]
    public Task A_head_of_a_response_is_understood_in_one_way_or_refused() => new Fuzz(
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: X-A, close\r\nX-A: 1\r\nX-B: \xe9\r\n\r\n",
        "HTTP/1.0 404 Not Found\r\nConnection: keep-alive\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n") { Words = Fields }.RunAsync(
        input =>
        {
            var head = new ResponseHead();
            if (ResponseHead.FindEnd(input) is not (> 0 and var end) || !head.TryParse(input.AsSpan(0, end), toHead: false))
                return;

            head.Status.ShouldBeInRange(100, 599);
            foreach (var (name, value) in head.Fields)
            {
                FieldNames.IsHopByHop(name).ShouldBeFalse();
                name.AsSpan().ContainsAny("\r\n\0: ").ShouldBeFalse();
                value.AsSpan().ContainsAny("\r\n\0").ShouldBeFalse();
            }

            (head.Framing is BodyFraming.Length).ShouldBe(head is { Length: >= 0, Status: >= 200 and not 204 and not 304 });
            if (head.Framing is BodyFraming.UntilClose)
                head.KeepsAlive.ShouldBeFalse();

            // An instance that has read something else before understands the same.
            var used = new ResponseHead();
            used.TryParse("HTTP/1.1 500 No\r\nContent-Length: 7\r\nConnection: close\r\nUpgrade: x\r\nX-Old: 1\r\n\r\n"u8, toHead: false).ShouldBeTrue();
            used.TryParse(input.AsSpan(0, end), toHead: false).ShouldBeTrue();
            (used.Status, used.Reason, used.Framing, used.Length, used.KeepsAlive, used.Upgrade).ShouldBe((head.Status, head.Reason, head.Framing, head.Length, head.KeepsAlive, head.Upgrade));
            used.Fields.SequenceEqual(head.Fields).ShouldBeTrue();
        },
        Ct);

    [Fact]
    public Task Chunks_mean_the_same_in_any_pieces() => new Fuzz(
        "5;x=y\r\nhello\r\n1F\r\n0123456789012345678901234567890\r\n0\r\nX-Sum: 1\r\nX-B: 2\r\n\r\nREST",
        "0\r\n\r\n",
        "a\r\n0123456789\r\n00000\r\n\r\n") { Words = ["0\r\n\r\n", "\r\n", ";a=b", "FFFFFFFFFFFFFFF\r\n", "7fffffffffffffff", "1\r\nx\r\n", "X: y\r\n", "-1"] }.RunAsync(
        input =>
        {
            var whole = Scan(input, input.Length + 1);
            var single = Scan(input, 1);
            var odd = Scan(input, 3);
            single.ShouldBe(whole);
            odd.ShouldBe(whole);
        },
        Ct);

    [Fact]
    public Task Frames_end_where_they_end_in_any_pieces()
    {
        byte[] text = [0x81, 5, .. "hello"u8], masked = [0x81, 0x85, 1, 2, 3, 4, .. "hello"u8], longer = [0x82, 126, 0, 130, .. new byte[130]], close = [0x88, 2, 3, 0xe9], huge = [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0];
        return new Fuzz([[.. text, .. longer, .. close], [.. masked, .. text], [.. huge, .. new byte[300]], [.. close, .. text]]).RunAsync(
            input =>
            {
                var (whole, pieces) = (new FrameTracker(), new FrameTracker());
                whole.Advance(input, toBoundary: false).ShouldBe(input.Length);
                for (var at = 0; at < input.Length; at++)
                    (pieces.Advance(input.AsSpan(at, 1), toBoundary: false) is 1).ShouldBeTrue();
                (pieces.IsAtBoundary, pieces.SawClose).ShouldBe((whole.IsAtBoundary, whole.SawClose));

                var bounded = new FrameTracker();
                for (var at = 0; at < input.Length;)
                    at += bounded.Advance(input.AsSpan(at), toBoundary: true);
                (bounded.IsAtBoundary, bounded.SawClose).ShouldBe((whole.IsAtBoundary, whole.SawClose));
            },
            Ct);
    }

    [Fact]
    public Task A_hello_is_the_same_in_any_pieces() => new Fuzz([Hello("shop.example"), Hello("a"), Hello("")]) { Words = ["\x16\x03\x01", "\x16\x03\x03\0\x01\x01", "\0\0", "\0\x05", "shop.example"] }.RunAsync(
        input =>
        {
            var all = new ReadOnlySequence<byte>(input);
            var state = ClientHello.Read(all, out var name);
            name.AsSpan().ContainsAny("\0 \r\n").ShouldBeFalse(name);
            if (state is HelloState.NeedMore)
                input.Length.ShouldBeLessThan(ClientHello.Largest);

            // What was said of a part stays true of the whole.
            for (var length = 1; length < input.Length; length += 1 + (input.Length / 8))
            {
                var part = ClientHello.Read(all.Slice(0, length), out var early);
                if (part is not HelloState.NeedMore)
                    (part, early).ShouldBe((state, name));
            }
        },
        Ct);

    private static (string Content, int Passed, bool IsDone, bool IsBroken, string Trailers) Scan(byte[] bytes, int piece)
    {
        var (scanner, content, passed) = (new ChunkScanner(), new List<byte>(), 0);
        for (var from = 0; from < bytes.Length && !scanner.IsDone && !scanner.IsBroken; from += piece)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(from, Math.Min(piece, bytes.Length - from));
            while (scanner.Step(part, out var body) is var step and > 0)
            {
                content.AddRange(body);
                passed += step;
                part = part[step..];
            }
        }

        // How much of a broken line was taken before it broke depends on the pieces and is of no use to anybody.
        return (Convert.ToHexString(content.ToArray()), scanner.IsBroken ? -1 : passed, scanner.IsDone, scanner.IsBroken, string.Join('\n', scanner.Trailers));
    }

    /// <summary>A ClientHello of one record, with a server name unless it is "".</summary>
    private static byte[] Hello(string host)
    {
        var name = host is "" ? [] : Vector(2, [0, .. Vector(2, System.Text.Encoding.ASCII.GetBytes(host))]);
        byte[] extensions = [0, 10, 0, 4, 0, 2, 0, 23, .. name is [] ? [] : new byte[] { 0, 0 }.Concat(Vector(2, name))];
        byte[] body = [3, 3, .. new byte[32], 0, .. Vector(2, [0x13, 1, 0x13, 2]), 1, 0, .. Vector(2, extensions)];
        return [22, 3, 1, .. Vector(2, [1, 0, .. Vector(2, body)])];
    }

    private static byte[] Vector(int lengthBytes, byte[] content) => lengthBytes is 2 ? [(byte)(content.Length >> 8), (byte)content.Length, .. content] : [(byte)content.Length, .. content];
}
