using System.Diagnostics;
using Davit.ControlPlane.Logs;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;

namespace Davit.ControlPlane.Tests;

public sealed class LogFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("davit-log-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_directory, "a.log");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task At_its_limit_a_file_keeps_the_newer_half()
    {
        var file = new LogFile(FilePath, 20_000);
        await WriteAsync(file, 1, 1000);

        new FileInfo(FilePath).Length.ShouldBeLessThanOrEqualTo(20_100);
        var kept = await TextsAsync(file);
        kept[^1].ShouldBe("line 1000");
        kept.ShouldBe(Enumerable.Range(1001 - kept.Count, kept.Count).Select(n => $"line {n}"));
        kept.Count.ShouldBeGreaterThan(100);
        file.LastCursor().ShouldBe("1000.0");
    }

    [Fact]
    public async Task A_follower_gets_every_line_once_over_a_rotation()
    {
        var file = new LogFile(FilePath, 20_000);
        await WriteAsync(file, 1, 100);
        var (over, seen) = (false, new List<string>());
        var follower = Task.Run(async () =>
        {
            await foreach (var record in file.ReadAsync(follow: true, () => Volatile.Read(ref over), TimeProvider.System, Ct))
            {
                lock (seen)
                    seen.Add(record.Text);
            }
        }, Ct);
        for (var i = 100; i < 700; i += 100)
        {
            await Eventually.SeesAsync(() => Task.FromResult(Count()), c => c == i, $"{i} lines", Ct);
            await WriteAsync(file, i + 1, 100);
        }

        await Eventually.SeesAsync(() => Task.FromResult(Count()), c => c == 700, "all lines", Ct);
        Volatile.Write(ref over, true);
        await follower;
        seen.ShouldBe(Enumerable.Range(1, 700).Select(n => $"line {n}"));

        int Count()
        {
            lock (seen)
                return seen.Count;
        }
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_short_is_left_out_and_the_next_one_is_not()
    {
        var file = new LogFile(FilePath);
        await WriteAsync(file, 1, 2);
        await File.AppendAllTextAsync(FilePath, """{"t":"2026-01-01T00:00:00Z","c":"3.0","s":"out","x":"li""", Ct);
        file.LastCursor().ShouldBe("2.0");
        (await TextsAsync(file)).ShouldBe(["line 1", "line 2"]);

        await WriteAsync(file, 3, 2);
        (await TextsAsync(file)).ShouldBe(["line 1", "line 2", "line 3", "line 4"]);
        file.LastCursor().ShouldBe("4.0");
    }

    [Fact]
    public async Task The_last_cursor_is_found_behind_the_longest_line()
    {
        var file = new LogFile(FilePath);
        await using (var writer = file.Append())
            await writer.WriteAsync(new(DateTimeOffset.UnixEpoch, "1.0", "out", new string('\u0001', 40_000)), Ct);

        file.LastCursor().ShouldBe("1.0");
        (await TextsAsync(file)).ShouldHaveSingleItem().Length.ShouldBeLessThan(LogFile.LongestLine + 10);
    }

    private static async Task WriteAsync(LogFile file, int first, int count)
    {
        await using var writer = file.Append();
        for (var n = first; n < first + count; n++)
            await writer.WriteAsync(new(DateTimeOffset.UnixEpoch.AddSeconds(n), $"{n}.0", "out", $"line {n}"), Ct);
    }

    private static async Task<List<string>> TextsAsync(LogFile file)
    {
        var texts = new List<string>();
        await foreach (var record in file.ReadAsync(follow: false, () => true, TimeProvider.System, Ct))
            texts.Add(record.Text);
        return texts;
    }
}

/// <summary>Lines of instances in memory, read over the API.</summary>
public sealed class SimulatedLogTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_of_all_instances_are_merged_by_time_filtered_and_followed()
    {
        server.Installed.World.Add(new MemoryImage("logs:1"));
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        await shop.LiveAsync(await shop.DeployAsync(Shop.Image("logs:1")));
        (await shop.Http.PutAsync($"{shop.Env}/scale", """{"services":{"web":2}}""", Ct)).ShouldBe(200);
        await shop.ReadyAsync(2);
        var instances = await shop.InstancesAsync();
        for (var i = 0; i < 20; i++)
            server.Installed.World.Print(instances[i % 2], $"number {i} {new string('a', 2000)}");

        await Eventually.SeesAsync(() => LinesAsync(shop, ""), l => l.Count is 20, "twenty lines", Ct);
        (await LinesAsync(shop, "")).ShouldBe(Enumerable.Range(0, 20).Select(i => $"number {i}"));
        (await LinesAsync(shop, "?grep=number%201%20")).ShouldBe(["number 1"]);
        (await LinesAsync(shop, "?tail=2")).ShouldBe(["number 18", "number 19"]);
        (await LinesAsync(shop, $"?instance={instances[0]}")).Count.ShouldBe(10);

        using var reader = new StreamReader(await shop.Http.Http.GetStreamAsync($"{shop.Env}/logs?follow=true&tail=1", Ct));
        (await reader.ReadLineAsync(Ct)).ShouldNotBeNull().ShouldContain("number 19");
        server.Installed.World.Print(instances[1], "one more");
        (await reader.ReadLineAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Ct)).ShouldNotBeNull().ShouldContain("one more");

        var began = Stopwatch.GetTimestamp();
        (await LinesAsync(shop, "?grep=" + Uri.EscapeDataString("(a+)+$x"))).ShouldBeEmpty();
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await shop.Http.GetAsync($"{shop.Env}/logs?grep=" + Uri.EscapeDataString(@"(a)\1"), Ct)).ShouldBeProblem(422, "DV4004");
        (await shop.Http.GetAsync($"{shop.Env}/logs?since=yesterday", Ct)).ShouldBeProblem(422, "DV4004");
    }

    private static async Task<List<string>> LinesAsync(Shop shop, string query) =>
        [.. (await shop.Http.GetAsync($"{shop.Env}/logs{query}", Ct)).ShouldBe(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => ((string)System.Text.Json.Nodes.JsonNode.Parse(l)!["text"]!).Split(" aaa")[0])];
}
