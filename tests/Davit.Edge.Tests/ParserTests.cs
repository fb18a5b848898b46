using System.Buffers;
using System.Buffers.Binary;
using System.Net.Security;
using System.Text;
using Davit.Edge.Forwarding.Http1;
using Davit.Edge.Forwarding.Upgrades;
using Davit.Edge.Routing;
using Davit.Edge.Static;
using Davit.Edge.Tests.Support;
using Davit.Edge.Tls;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>What comes from outside may come in any pieces and hold any bytes.</summary>
public sealed class ParserTests
{
    private ulong _state = 20261120;

    [Fact]
    public void Frames_end_where_they_end_however_they_arrive()
    {
        byte[] frames =
        [
            .. Frame(1, 5, masked: false), .. Frame(2, 126, masked: false), .. Frame(0, 70_000, masked: false), .. Frame(9, 0, masked: false), .. Frame(1, 125, masked: true), .. Frame(8, 2, masked: false),
        ];
        var borders = new List<int>();
        var whole = new FrameTracker();
        for (var at = 0; at < frames.Length; borders.Add(at))
            at += whole.Advance(frames.AsSpan(at), toBoundary: true);

        borders.Count.ShouldBe(6);
        whole.SawClose.ShouldBeTrue();

        var bytewise = new FrameTracker();
        var seen = new List<int>();
        for (var i = 0; i < frames.Length; i++)
        {
            bytewise.Advance(frames.AsSpan(i, 1), toBoundary: false);
            if (bytewise.IsAtBoundary)
                seen.Add(i + 1);
        }

        seen.ShouldBe(borders);
    }

    [Fact]
    public void Chunks_are_followed_however_they_arrive()
    {
        var bytes = Encoding.ASCII.GetBytes("5;x=y\r\nhello\r\n1F\r\n" + new string('b', 31) + "\r\n0\r\nX-Sum: 1\r\nX-B: 2\r\n\r\nREST");
        for (var piece = 1; piece < bytes.Length; piece++)
        {
            var scanner = new ChunkScanner();
            var content = new List<byte>();
            var passed = 0;
            for (var from = 0; from < bytes.Length && !scanner.IsDone; from += piece)
            {
                var part = bytes.AsSpan(from, Math.Min(piece, bytes.Length - from));
                while (scanner.Step(part, out var body) is var step and > 0)
                {
                    content.AddRange(body);
                    passed += step;
                    part = part[step..];
                }
            }

            (scanner.IsDone, passed, content.Count, scanner.Trailers.Length).ShouldBe((true, bytes.Length - 4, 36, 2));
        }
    }

    [Fact]
    public void Noise_never_breaks_a_parser()
    {
        var head = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close, x\r\nX: 1\r\n\r\n"u8.ToArray();
        var response = new ResponseHead();
        var scanner = new ChunkScanner();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = head.ToArray();
            for (var i = 0; i < 3; i++)
                bytes[Next(bytes.Length)] = (byte)Next(256);

            if (ResponseHead.FindEnd(bytes) is var end and > 0 && response.TryParse(bytes.AsSpan(0, end), toHead: false))
                response.Status.ShouldBeInRange(100, 599);

            scanner.Reset();
            for (ReadOnlySpan<byte> rest = bytes; scanner.Step(rest, out _) is var step and > 0;)
                rest = rest[step..];

            HostName.Normalise(Encoding.Latin1.GetString(bytes));
            RoutePath.Normalise(Encoding.Latin1.GetString(bytes));
            RoutePath.TryStrip(Encoding.Latin1.GetString(bytes), "/a", out _);
            _ = ByteRange.TryFind(Encoding.Latin1.GetString(bytes), Next(100), out _);
        }
    }

    [Fact]
    public async Task A_hello_is_read_whole_in_pieces_in_records_and_never_breaks()
    {
        var hello = await HelloAsync("Shop.Example");
        for (var length = 1; length < hello.Length; length++)
            ClientHello.Read(new ReadOnlySequence<byte>(hello, 0, length), out _).ShouldBe(HelloState.NeedMore);

        ClientHello.Read(new ReadOnlySequence<byte>(hello), out var name).ShouldBe(HelloState.Complete);
        name.ShouldBe("shop.example");
        ClientHello.Read(new ReadOnlySequence<byte>(InRecordsOf(hello, 7)), out name).ShouldBe(HelloState.Complete);
        name.ShouldBe("shop.example");
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = hello.ToArray();
            for (var i = 0; i < 4; i++)
                bytes[Next(bytes.Length)] = (byte)Next(256);

            Enum.IsDefined(ClientHello.Read(new ReadOnlySequence<byte>(bytes), out _)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_hello_whose_server_name_would_break_a_line_is_no_hello()
    {
        var hello = await HelloAsync("shop.example");
        hello[hello.AsSpan().IndexOf("shop.example"u8) + 4] = (byte)'\n';

        ClientHello.Read(new ReadOnlySequence<byte>(hello), out var name).ShouldBe(HelloState.NotTls);
        name.ShouldBe("");
    }

    [Theory]
    [InlineData("s。", "s")]
    [InlineData("a.example。", "a.example")]
    public void A_host_that_ends_with_any_dot_is_the_one_without(string host, string wanted) => HostName.Normalise(host).ShouldBe(wanted);

    [Fact]
    public void A_head_of_nothing_but_connection_fields_is_refused_before_it_takes_memory()
    {
        var head = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("Connection: keep-alive, x-a\r\n", 1400)) + "\r\n");
        var before = GC.GetAllocatedBytesForCurrentThread();

        new ResponseHead().TryParse(head, toHead: false).ShouldBeFalse();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    [Fact]
    public void Connection_fields_count_together()
    {
        var head = new ResponseHead();

        head.TryParse("HTTP/1.1 200 OK\r\nX-A: 1\r\nX-B: 2\r\nConnection: x-a\r\nConnection: close, x-b\r\n\r\n"u8, toHead: false).ShouldBeTrue();

        head.Fields.ShouldBeEmpty();
        head.KeepsAlive.ShouldBeFalse();
    }

    [Theory]
    [InlineData("/a/*", "/a/b/c", true)]
    [InlineData("/a/*.js", "/a/x.js", true)]
    [InlineData("/a/*.js", "/a/x.css", false)]
    [InlineData("/a", "/a/b", false)]
    [InlineData("*", "/anything", true)]
    [InlineData("/*/m/*", "/x/m/y", true)]
    public void Header_rules_match_by_star(string pattern, string path, bool matches) => CacheRules.IsMatch(pattern, path).ShouldBe(matches);

    private static byte[] Frame(byte opcode, int length, bool masked)
    {
        byte[] size = length switch
        {
            < 126 => [(byte)length],
            < 65_536 => [126, (byte)(length >> 8), (byte)length],
            _ => [127, 0, 0, 0, 0, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
        };
        size[0] |= (byte)(masked ? 0x80 : 0);
        return [(byte)(0x80 | opcode), .. size, .. masked ? new byte[4] : [], .. new byte[length]];
    }

    private static async Task<byte[]> HelloAsync(string host)
    {
        var (client, server) = Streams.Pair();
        await using (client)
        await using (server)
        await using (var tls = new SslStream(client))
        {
            var handshake = tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, Ct);
            var head = new byte[5];
            await server.ReadExactlyAsync(head, Ct);
            var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(3))];
            await server.ReadExactlyAsync(body, Ct);
            await server.DisposeAsync();
            await Should.ThrowAsync<Exception>(() => handshake);
            return [.. head, .. body];
        }
    }

    private static byte[] InRecordsOf(byte[] hello, int size) =>
        [.. hello.Skip(5).Chunk(size).SelectMany(c => new byte[] { 22, 3, 1, 0, (byte)c.Length }.Concat(c))];

    private int Next(int below)
    {
        _state = (_state * 6364136223846793005) + 1442695040888963407;
        return (int)((_state >> 33) % (ulong)below);
    }
}
