using System.Collections.Concurrent;
using System.Net;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>A share of the clients meets a new release, and what the edge counts decides whether the others do.</summary>
[Collection(FirstInstallation.Name)]
public sealed class CanaryTests(Platform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_release_that_does_well_takes_over_and_nobody_meets_a_failure()
    {
        var app = new App(platform, "canary");
        await Answering(app, "one", fails: 0, "{ percent: 50, for: 15s }, { percent: 100, for: 1s }").UpAsync(Ct);
        await using var crowd = new Crowd(app);

        var deploying = Answering(app, "two", fails: 0, "{ percent: 50, for: 15s }, { percent: 100, for: 1s }").DeployAsync(Ct);
        await Eventually.HoldsAsync(() => Task.FromResult(crowd.Count("two") > 20), "clients meet the new release", App.Soon, Ct);
        crowd.Count("one").ShouldBeGreaterThan(0);
        (await app.DavitAsync("canary status", Ct)).ShouldSucceed().Out.ShouldContain("% of clients");
        var sides = await KnownAsync(app);

        (await deploying).ShouldSucceed().Error.ShouldContain("live release 2");
        crowd.Failed.ShouldBe(0);
        (await app.GetAsync("/cgi-bin/ask", Ct)).Body.ShouldBe("two");
        sides.Distinct(StringComparer.Ordinal).Count().ShouldBe(1, "a client that is known stays on its side");
        await app.SettlesAtAsync(1, Ct);
        var canary = (await app.JsonAsync("deployment get", Ct, "2"))["canary"]!;
        ((string?)canary["state"], (long)canary["new"]!["errors"]!).ShouldBe(("promoted", 0));
        ((long)canary["new"]!["requests"]!).ShouldBeGreaterThanOrEqualTo(200);
        TestContext.Current.SendDiagnosticMessage(canary.ToJsonString());
    }

    [Fact]
    public async Task A_release_that_fails_for_some_is_aborted_and_the_old_one_serves_on()
    {
        var app = new App(platform, "erring");
        await Answering(app, "one", fails: 0, "{ percent: 25, for: 2m }").UpAsync(Ct);
        var before = await app.InstancesAsync(Ct);
        await using var crowd = new Crowd(app);

        var refused = await Answering(app, "two", fails: 30, "{ percent: 25, for: 2m }").DeployAsync(Ct);

        refused.ShouldFail().Error.ShouldContain("DV2240");
        refused.Error.ShouldContain("it fails more often");
        (await app.SettlesAtAsync(1, Ct)).ShouldBe(before);
        var met = crowd.Failed;
        var (asked, answers) = (crowd.Count("one"), 0);
        await Eventually.SeesAsync(() => Task.FromResult(answers = crowd.Count("one") - asked), n => n > 200, "the old release serves everyone", App.Soon, Ct);
        crowd.Failed.ShouldBe(met, "nobody meets the new release any more");
        var canary = (await app.JsonAsync("deployment get", Ct, "2"))["canary"]!;
        ((string?)canary["state"], (string?)canary["reason"]).ShouldBe(("aborted", "it fails more often"));
        ((long)canary["new"]!["requests"]!).ShouldBeLessThan(500);
        TestContext.Current.SendDiagnosticMessage(canary.ToJsonString());
    }

    /// <summary>Twenty questions of one client.</summary>
    private static async Task<List<string>> KnownAsync(App app)
    {
        using var http = app.Browser();
        var answers = new List<string>();
        for (var i = 0; i < 20; i++)
            answers.Add(await http.GetStringAsync("/cgi-bin/ask", Ct));
        return answers;
    }

    /// <param name="fails">Of a hundred requests.</param>
    private static App Answering(App app, string word, int fails, string steps) => app
        .With("compose.yaml", $$"""
            services:
              web:
                image: busybox:1
                init: true
                environment: { WORD: {{word}}, FAILS: "{{fails}}" }
                command: [sh, -c, 'echo up > /www/index.html && exec httpd -f -p 8080 -h /www']
                configs: [{ source: ask, target: /www/cgi-bin/ask, mode: 0555 }]
            configs:
              ask:
                content: |
                  #!/bin/sh
                  if [ $$((RANDOM % 100)) -lt "$$FAILS" ]; then printf 'HTTP/1.0 500 Oops\r\n\r\noops'; else printf 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n%s' "$$WORD"; fi
            """)
        .With("davit.yaml", $"davit: 1\nservices:\n  web: {{ kind: web, port: 8080, health: {{ path: /, startup: 10s }}, rollout: {{ strategy: canary, steps: [{steps}] }} }}\n");

    /// <summary>Clients that nobody knows: each request is another one's.</summary>
    private sealed class Crowd : IAsyncDisposable
    {
        private const int Clients = 12;
        private readonly CancellationTokenSource _stop = new();
        private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
        private readonly Task[] _asking;
        private int _failed;

        public Crowd(App app) => _asking = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(() => AskAsync(app), CancellationToken.None))];

        public int Failed => Volatile.Read(ref _failed);

        public int Count(string answer) => _answers.GetValueOrDefault(answer);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_asking);
            _stop.Dispose();
        }

        private async Task AskAsync(App app)
        {
            using var handler = app.Handler();
            handler.UseCookies = false;
            using var http = new HttpClient(handler) { BaseAddress = app.Url, Timeout = TimeSpan.FromSeconds(20) };
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using var answer = await http.GetAsync("/cgi-bin/ask", CancellationToken.None);
                    var body = await answer.Content.ReadAsStringAsync(CancellationToken.None);
                    if (answer.StatusCode is HttpStatusCode.OK)
                        _answers.AddOrUpdate(body, 1, (_, n) => n + 1);
                    else
                        Interlocked.Increment(ref _failed);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
                {
                    Interlocked.Increment(ref _failed);
                }

                await pace.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }
}
