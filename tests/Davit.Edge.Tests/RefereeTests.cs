using System.Net.Sockets;
using System.Text.RegularExpressions;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>
/// The same bytes to the edge, haproxy and nginx. What the edge forwards, its target must understand exactly as the other
/// proxy's target does; where they differ the edge must be the one that refuses and hangs up.
/// </summary>
public sealed partial class RefereeTests
{
    [Theory]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public async Task The_edge_forwards_what_others_forward_and_refuses_the_rest(string name)
    {
        Assert.SkipWhen(Referee.Find(name) is null, $"{name.ToUpperInvariant()} IS NOT INSTALLED: {RequestMatrix.All.Count} requests were compared with nothing");
        await using var target = new EchoingTarget();
        await using var edge = await StartAsync();
        await using var referee = await Referee.StartAsync(name, target.Port);
        await edge.SwitchAsync(Simple(target.Spec));

        var seen = new List<string>();
        foreach (var batch in RequestMatrix.All.Chunk(25))
        {
            seen.AddRange(await Task.WhenAll(batch.Select(async request =>
            {
                var (ours, theirs) = (await AskAsync(edge.Port, request.Value), await AskAsync(referee.Port, request.Value));
                return Verdict(request.Key, ours, theirs, name);
            })));
        }

        seen.Count.ShouldBe(RequestMatrix.All.Count);
        seen.Where(v => v is not "").ShouldBeEmpty();
    }

    /// <returns>"" when it is as it should be.</returns>
    private static string Verdict(string what, Exchanged ours, Exchanged theirs, string referee)
    {
        if (ours.Understood.SequenceEqual(theirs.Understood) && ours.Statuses.Select(Class).SequenceEqual(theirs.Statuses.Select(Class)))
            return "";

        // Refused by us, at the latest where the other one went on; what was forwarded before that is the same.
        var isStricter = ours.Understood.Length <= theirs.Understood.Length && ours.Understood.SequenceEqual(theirs.Understood.Take(ours.Understood.Length))
            && (ours.Statuses is [] or [.., >= 400]) && ours.IsClosed;
        if (isStricter)
            return "";

        return RequestMatrix.Looser.GetValueOrDefault(what) is { } known && known.Contains(referee, StringComparison.Ordinal)
            ? ""
            : $"{what}: edge {ours}, {referee} {theirs}";
    }

    private static int Class(int status) => status / 100;

    private static async Task<Exchanged> AskAsync(int port, string request)
    {
        using var client = await RawClient.ConnectAsync(port);
        try
        {
            await client.SendAsync(request);
        }
        catch (SocketException)
        {
            // Refused before all of it was sent; what was answered can still be read.
        }

        var text = await client.ReadAllAsync(1.5);
        return new Exchanged(
            [.. Status().Matches(text).Select(m => int.Parse(m.Groups["status"].ValueSpan, provider: null)).Where(s => s >= 200)],
            [.. Echo().Matches(text).Select(m => m.Value)],
            !text.EndsWith("[still open]", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"HTTP/1\.[01] (?<status>\d{3})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Status();

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Echo();

    private sealed record Exchanged(int[] Statuses, string[] Understood, bool IsClosed)
    {
        public override string ToString() => $"[{string.Join(',', Statuses)}] {string.Join(' ', Understood.Select(u => u.Length > 100 ? u[..100] : u))} {(IsClosed ? "closed" : "open")}";
    }
}
