using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests;

public sealed class EventStreamTests(OneServer server) : IClassFixture<OneServer>, IDisposable
{
    private readonly Api _api = server.Installed.Api();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Events_are_read_as_lines_in_order_from_where_one_asks()
    {
        await MakeAsync(3);
        var all = await AllAsync();
        all.Select(e => (long)e["seq"]!).ShouldBe(Enumerable.Range(1, all.Count).Select(n => (long)n));
        (await LinesAsync("/v1/orgs/default/events?after=2")).Select(e => (long)e["seq"]!).First().ShouldBe(3);
        (await _api.GetAsync("/v1/orgs/default/events/verdict", Ct)).ShouldBe(200).Json["firstBroken"].ShouldBeNull();
    }

    [Fact]
    public async Task Server_sent_events_carry_their_number_and_resume_after_the_last_one_seen()
    {
        await MakeAsync(4);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/orgs/default/events");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Last-Event-ID", "2");
        using var response = await _api.Http.SendAsync(request, Ct);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var frames = (await response.Content.ReadAsStringAsync(Ct)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        frames[0].ShouldStartWith("id: 3\nevent: ");
        var data = frames[0].Split('\n').Single(l => l.StartsWith("data: ", StringComparison.Ordinal))[6..];
        ((long)JsonNode.Parse(data)!["seq"]!).ShouldBe(3);
    }

    [Fact]
    public async Task A_last_event_id_that_is_no_number_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/orgs/default/events");
        request.Headers.Add("Last-Event-ID", "x");
        using var response = await _api.Http.SendAsync(request, Ct);
        ((int)response.StatusCode).ShouldBe(422);
    }

    [Fact]
    public async Task A_follower_is_woken_by_a_commit()
    {
        var head = (await AllAsync()).Count;
        using var reader = await FollowAsync(head);
        await MakeAsync(1);
        var line = await NextAsync(reader).WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System, Ct);
        ((long)JsonNode.Parse(line)!["seq"]!).ShouldBe(head + 1);
    }

    [Fact]
    public async Task A_follower_that_is_cut_again_and_again_gets_exactly_the_transcript()
    {
        var seen = new List<long>();
        var writing = Task.Run(() => MakeAsync(60), Ct);
        while (seen.Count < 60)
        {
            using var reader = await FollowAsync(seen.Count is 0 ? 0 : seen[^1]);
            for (var i = 0; i < 7 && seen.Count < 60; i++)
                seen.Add((long)JsonNode.Parse(await NextAsync(reader).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Ct))!["seq"]!);
        }

        await writing;
        seen.ShouldBe(Enumerable.Range(1, 60).Select(n => (long)n));
    }

    private async Task MakeAsync(int count)
    {
        using var api = server.Installed.Api();
        for (var i = 0; i < count; i++)
            (await api.PostAsync(Api.Apps, $$"""{"name":"e{{Unique.Digits()}}"}""", Ct)).ShouldBe(201);
    }

    private Task<List<JsonNode>> AllAsync() => LinesAsync("/v1/orgs/default/events");

    private async Task<List<JsonNode>> LinesAsync(string path) =>
        [.. (await _api.GetAsync(path, Ct)).ShouldBe(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    private async Task<StreamReader> FollowAsync(long after) => new(await _api.Http.GetStreamAsync($"/v1/orgs/default/events?follow=true&after={after}", Ct));

    private static async Task<string> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(Ct) is { } line)
        {
            if (line is not "")
                return line;
        }

        throw new EndOfStreamException("the follower was sent away");
    }
}
