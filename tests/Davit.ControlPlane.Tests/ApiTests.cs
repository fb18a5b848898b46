using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests;

public sealed class ApiTests(OneServer server) : IClassFixture<OneServer>, IDisposable
{
    private readonly Api _api = server.Installed.Api();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _api.Dispose();

    [Theory]
    [InlineData("/v1/orgs/default/projects", "project")]
    [InlineData("/v1/orgs/default/projects/default/apps", "app")]
    public async Task A_thing_is_made_changed_and_deleted_with_receipts_and_versions(string list, string kind)
    {
        var name = Name();
        var made = (await _api.PostAsync(list, $$"""{"name":"{{name}}","description":"d"}""", Ct)).ShouldBe(201);
        ShouldBeReceipt(made.Json["receipt"]!, $"{kind}-create", (string)made.Value["id"]!);
        (await _api.PostAsync(list, $$"""{"name":"{{name}}"}""", Ct)).ShouldBeProblem(409, "DV4007");

        var path = $"{list}/{name}";
        (await _api.PatchAsync(path, """{"description":"e"}""", Ct)).ShouldBeProblem(428, "DV4009");
        (await _api.PatchAsync(path, """{"expectedVersion":7,"description":"e"}""", Ct)).ShouldBeProblem(409, "DV4010");
        var changed = (await _api.PatchAsync(path, """{"expectedVersion":1,"description":"e"}""", Ct)).ShouldBe(200);
        ((int)changed.Value["version"]!, (string)changed.Value["description"]!).ShouldBe((2, "e"));
        (await _api.GetAsync($"{list}/{made.Value["id"]}", Ct)).ShouldBe(200).Text.ShouldContain("\"description\":\"e\"");

        (await _api.DeleteAsync($"{path}?expectedVersion=2", Ct)).ShouldBeProblem(422, "DV4018");
        (await _api.DeleteAsync($"{path}?confirm={name}", Ct)).ShouldBeProblem(428, "DV4009");
        (await _api.DeleteAsync($"{path}?expectedVersion=1&confirm={name}", Ct)).ShouldBeProblem(409, "DV4010");
        ShouldBeReceipt((await _api.DeleteAsync($"{path}?expectedVersion=2&confirm={name}", Ct)).ShouldBe(200).Json["receipt"]!, $"{kind}-delete", (string)made.Value["id"]!);
        (await _api.GetAsync(path, Ct)).ShouldBeProblem(404, "DV4001");
    }

    [Theory]
    [InlineData("""{"source":{}}""")]
    [InlineData("""{"source":{"id":"x"}}""")]
    [InlineData("""{"source":{"kind":"other"}}""")]
    [InlineData("""{"source":{"kind":7}}""")]
    public async Task A_source_that_does_not_say_what_kind_it_is_is_refused(string body)
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);

        (await _api.PostAsync($"{shop.Env}/deployments", body, Ct)).ShouldBeProblem(422, "DV4004");
    }

    [Fact]
    public async Task What_an_environment_does_not_have_is_refused_when_it_is_made()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);

        (await _api.PostAsync($"{shop.App}/envs", """{"name":"staging","description":"for tests"}""", Ct)).ShouldBeProblem(422, "DV4004");
        (await _api.GetAsync($"{shop.App}/envs/staging", Ct)).ShouldBeProblem(404, "DV4001");
    }

    [Fact]
    public async Task Deleting_what_is_not_empty_lists_what_it_holds()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var name = shop.App[(shop.App.LastIndexOf('/') + 1)..];
        (await _api.DeleteAsync($"{shop.App}?expectedVersion=1&confirm={name}", Ct)).ShouldBeProblem(409, "DV4011").Text.ShouldContain("environment production");
        (await _api.DeleteAsync("/v1/orgs/default/projects/default?expectedVersion=1&confirm=default", Ct)).ShouldBeProblem(409, "DV4011");
    }

    [Fact]
    public async Task Of_two_editors_one_is_told_the_present_version()
    {
        var name = await AppAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _api.PatchAsync($"{Api.Apps}/{name}", $$"""{"expectedVersion":1,"description":"{{i}}"}""", Ct)));
        answers.Count(a => a.Status is 200).ShouldBe(1);
        answers.Where(a => a.Status is not 200).ShouldAllBe(a => a.Code == "DV4010");
    }

    [Theory]
    [InlineData("""{"name":"UPPER"}""", "DV4008")]
    [InlineData("""{"name":""}""", "DV4008")]
    [InlineData("""{"name":"-a"}""", "DV4008")]
    [InlineData("""{"name":"a.b"}""", "DV4008")]
    [InlineData("""{"name":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", "DV4008")]
    [InlineData("""{"name":"a\u0000b"}""", "DV4008")]
    [InlineData("""{"name":"a\n"}""", "DV4008")]
    [InlineData("""{"name":null}""", "DV4004")]
    [InlineData("""{}""", "DV4004")]
    [InlineData("""{"name":"ok","colour":"red"}""", "DV4004")]
    [InlineData("""{"name":"ok","description":"\u0000"}""", "DV4004")]
    [InlineData("""{"name":5}""", "DV4004")]
    [InlineData("""{"name":"ok",""", "DV4004")]
    [InlineData("""[]""", "DV4004")]
    [InlineData("null", "DV4004")]
    [InlineData("", "DV4004")]
    public async Task Bodies_that_cannot_be_accepted_are_problems_and_change_nothing(string body, string code) =>
        (await _api.PostAsync(Api.Apps, body, Ct)).ShouldBeProblem(422, code);

    /// <summary>The first piece that the server reads ends behind the first letter.</summary>
    [Fact]
    public async Task A_body_that_breaks_off_in_a_word_between_two_pieces_is_a_problem() =>
        (await _api.PostAsync(Api.Apps, new string(' ', 2047) + "tr", Ct)).ShouldBeProblem(422, "DV4004");

    [Fact]
    public async Task A_description_of_more_than_256_characters_is_refused() =>
        (await _api.PostAsync(Api.Apps, $$"""{"name":"{{Name()}}","description":"{{new string('d', 257)}}"}""", Ct)).ShouldBeProblem(422, "DV4004");

    [Theory]
    [InlineData("/v1/nothing")]
    [InlineData("/nothing")]
    [InlineData("/v1/orgs/default/projects/nope")]
    [InlineData("/v1/orgs/default/projects/default/apps/app_00000000000070008000000000000000")]
    public async Task What_is_not_there_is_a_404_problem(string path) => (await _api.GetAsync(path, Ct)).ShouldBeProblem(404, "DV4001");

    [Fact]
    public async Task A_method_that_a_path_does_not_have_is_a_problem_too() =>
        (await _api.SendAsync(HttpMethod.Put, "/v1/orgs/default/projects", Api.Json("{}"), Ct)).ShouldBeProblem(404, "DV4001");

    [Theory]
    [InlineData("?cursor=%21%21")]
    [InlineData("?limit=many")]
    [InlineData("?cursor=AA")]
    public async Task Paging_that_makes_no_sense_is_refused(string query) =>
        (await _api.GetAsync("/v1/orgs/default/projects" + query, Ct)).Status.ShouldBe(422);

    [Fact]
    public async Task Events_about_what_cannot_be_named_are_a_problem_and_not_an_answer_that_breaks_off() =>
        (await _api.GetAsync("/v1/orgs/default/events?subject=12%00", Ct)).ShouldBeProblem(422, "DV4004");

    [Fact]
    public async Task A_body_over_the_limit_is_413_with_and_without_a_length()
    {
        var large = $$"""{"name":"a","description":"{{new string('d', 1 << 20)}}"}""";
        (await _api.PostAsync(Api.Apps, large, Ct)).ShouldBeProblem(413, "DV4016");

        var chunked = $"POST {Api.Apps} HTTP/1.1\r\nHost: davit\r\nAuthorization: Bearer {server.Installed.Token}\r\nIdempotency-Key: {Unique.Digits()}\r\n"
            + $"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{large.Length:x}\r\n{large}\r\n0\r\n\r\n";
        var answer = await RawAsync(chunked);
        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("DV4016");
    }

    /// <summary>As a client does it that reads the answer although the server has stopped listening in the middle of the request.</summary>
    private async Task<string> RawAsync(string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(server.Installed.Options.ApiSocket), Ct);
        var answer = new MemoryStream();
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), Ct);
        }
        catch (SocketException)
        {
            // The answer is there all the same.
        }

        try
        {
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, Ct) is var read and > 0)
                await answer.WriteAsync(buffer.AsMemory(0, read), Ct);
        }
        catch (SocketException)
        {
            // Behind the answer: the server closed without reading the rest.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    [Fact]
    public async Task A_given_request_id_is_kept_in_answer_event_and_receipt_and_a_bad_one_is_replaced()
    {
        _api.Http.DefaultRequestHeaders.Add("X-Request-Id", "my-request-0042");
        var made = (await _api.PostAsync(Api.Apps, $$"""{"name":"{{Name()}}"}""", Ct)).ShouldBe(201);
        made.Headers.GetValues("X-Request-Id").ShouldBe(["my-request-0042"]);
        ((string)made.Json["receipt"]!["requestId"]!).ShouldBe("my-request-0042");
        (await _api.GetAsync($"/v1/orgs/default/events?subject={made.Value["id"]}", Ct)).Text.ShouldContain("my-request-0042");

        _api.Http.DefaultRequestHeaders.Remove("X-Request-Id");
        _api.Http.DefaultRequestHeaders.Add("X-Request-Id", "no <good>");
        (await _api.GetAsync("/v1/whoami", Ct)).Headers.GetValues("X-Request-Id").Single().ShouldStartWith("req_");
    }

    [Fact]
    public async Task Pages_hold_everything_once_while_rows_are_inserted()
    {
        var project = (string)(await _api.PostAsync("/v1/orgs/default/projects", $$"""{"name":"{{Name()}}"}""", Ct)).ShouldBe(201).Value["name"]!;
        var apps = $"/v1/orgs/default/projects/{project}/apps";
        for (var i = 0; i < 30; i++)
            (await _api.PostAsync(apps, $$"""{"name":"m{{i:00}}"}""", Ct)).ShouldBe(201);

        var (seen, cursor, more) = (new List<string>(), "", 0);
        do
        {
            var page = (await _api.GetAsync($"{apps}?limit=7{cursor}", Ct)).ShouldBe(200).Json;
            seen.AddRange(page["items"]!.AsArray().Select(i => (string)i!["name"]!));
            cursor = (string?)page["next"] is { } next ? $"&cursor={next}" : "";

            // Before and behind where the reader is.
            (await _api.PostAsync(apps, $$"""{"name":"a{{more}}"}""", Ct)).ShouldBe(201);
            (await _api.PostAsync(apps, $$"""{"name":"z{{more++}}"}""", Ct)).ShouldBe(201);
        }
        while (cursor is not "");

        seen.ShouldBeUnique();
        seen.Where(n => n[0] is 'm').ShouldBe(Enumerable.Range(0, 30).Select(i => $"m{i:00}"));
    }

    private static string Name() => "t" + Unique.Digits();

    private static void ShouldBeReceipt(JsonNode receipt, string kind, string subject)
    {
        ((string)receipt["kind"]!, (string)receipt["status"]!).ShouldBe((kind, "accepted"));
        receipt["subjects"]!.AsArray().Select(s => (string)s!).ShouldContain(subject);
        ((string)receipt["signature"]!["value"]!).ShouldNotBeEmpty();
    }

    private async Task<string> AppAsync()
    {
        var name = Name();
        (await _api.PostAsync(Api.Apps, $$"""{"name":"{{name}}"}""", Ct)).ShouldBe(201);
        return name;
    }
}
