using Davit.Model;

namespace Davit.Drivers.Docker.Tests.Engine;

public sealed class BrokenEngineTests : IAsyncDisposable
{
    private readonly ScriptedEngine _engine = new();
    private readonly InstallationId _installation = Id.New<InstallationId>(TimeProvider.System);
    private readonly DockerDriver _driver;

    public BrokenEngineTests()
    {
        _driver = new(new(_installation) { Endpoint = _engine.Endpoint }, TimeProvider.System);
        _engine.Start();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _driver.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task An_engine_that_went_away_is_unreachable_and_is_found_again()
    {
        Serve("/networks", ScriptedEngine.Json("[]"));
        (await _driver.ObserveAsync(new(_installation), Ct)).Networks.ShouldBeEmpty();
        _engine.Stop();

        (await ProblemAsync()).Name.ShouldBe("runtime-unreachable");
        _engine.Start();

        (await _driver.ObserveAsync(new(_installation), Ct)).Networks.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_cut_in_the_middle_is_unreachable()
    {
        Serve("/networks", ScriptedEngine.Json("[]").Replace("Content-Length: 2", "Content-Length: 200", StringComparison.Ordinal));

        (await ProblemAsync()).Name.ShouldBe("runtime-unreachable");
    }

    [Fact]
    public async Task An_answer_that_is_no_json_is_quoted_as_refusal()
    {
        Serve("/networks", ScriptedEngine.Json("<html>"));

        (await ProblemAsync()).Name.ShouldBe("runtime-refused");
    }

    [Fact]
    public async Task An_error_in_another_form_keeps_its_text()
    {
        Serve("/networks", ScriptedEngine.Json("upstream is asleep", "503 Service Unavailable"));

        (await ProblemAsync()).Detail.ShouldContain("upstream is asleep");
    }

    [Fact]
    public async Task A_stream_of_events_that_breaks_says_so()
    {
        Serve("/events", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"T");

        var problem = await Should.ThrowAsync<ProblemException>(async () =>
        {
            await foreach (var hint in _driver.EventsAsync(new(_installation), Ct))
                hint.ShouldBeNull();
        });

        problem.Problem.Name.ShouldBe("runtime-unreachable");
    }

    [Fact]
    public async Task Logs_in_another_format_are_refused_and_not_guessed()
    {
        _engine.Answer = line => line.Contains("/logs", StringComparison.Ordinal)
            ? "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\nhello world!"
            : Route(line, $"{{\"Id\":\"a\",\"Name\":\"/x\",\"Config\":{{\"Labels\":{{\"davit.installation\":\"{_installation}\"}}}}}}", "/json");

        var problem = await Should.ThrowAsync<ProblemException>(async () =>
        {
            await foreach (var line in _driver.LogsAsync("x", new(), Ct))
                line.ShouldBeNull();
        });

        problem.Problem.Name.ShouldBe("runtime-refused");
    }

    [Fact]
    public async Task Every_request_names_the_agreed_version()
    {
        var seen = new List<string>();
        _engine.Answer = line =>
        {
            seen.Add(line);
            return line.Contains("/version", StringComparison.Ordinal) ? ScriptedEngine.Version("1.60", "1.44") : ScriptedEngine.Json("[]");
        };

        await Should.ThrowAsync<ProblemException>(() => _driver.ObserveAsync(new(_installation), Ct));

        seen[0].ShouldStartWith("GET /_ping");
        seen.Skip(2).ShouldAllBe(l => l.StartsWith("GET /v1.45/", StringComparison.Ordinal));
    }

    private void Serve(string path, string answer) => _engine.Answer = line =>
        line.Contains(path, StringComparison.Ordinal) ? answer : Route(line, "{\"Volumes\":[]}", "/volumes");

    private static string Route(string line, string body, string path) =>
        line.Contains("/version", StringComparison.Ordinal) ? ScriptedEngine.Version() : ScriptedEngine.Json(line.Contains(path, StringComparison.Ordinal) && !line.Contains("containers/json", StringComparison.Ordinal) && !line.Contains("images/json", StringComparison.Ordinal) ? body : "[]");

    private async Task<Problem> ProblemAsync() => (await Should.ThrowAsync<ProblemException>(() => _driver.ObserveAsync(new(_installation), Ct))).Problem;
}
