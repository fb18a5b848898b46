using System.Collections.Concurrent;
using System.Net;
using Davit.Edge.Control;
using Davit.Edge.Tests.Support;
using static Davit.Edge.Tests.Support.EdgeFixture;

namespace Davit.Edge.Tests;

/// <summary>The promise that matters most: replacing targets fails nobody.</summary>
public sealed class UnderLoadTests
{
    private const int Switches = 300;

    [Fact]
    public async Task Hundreds_of_switches_under_load_fail_no_request_and_leave_nothing_behind()
    {
        await using var edge = await StartAsync();
        var targets = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Target.StartAsync($"load{i}")));
        await edge.SwitchAsync(Simple(targets[0].Spec));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var faults = new ConcurrentQueue<string>();
        var answered = 0;
        var clients = Enumerable.Range(0, 8).Select(i => Task.Run(() => LoadAsync(i), Ct)).ToArray();

        for (var i = 1; i <= Switches; i++)
        {
            // A new instance id each time, so that every switch probes, replaces and drains.
            var specs = new[] { targets[i % 4], targets[(i + 1) % 4] }.Select(t => t.Spec with { Instance = $"ins_{i}_{t.Name}" });
            await edge.SwitchAsync(Simple(specs));
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);

        faults.ShouldBeEmpty();
        answered.ShouldBeGreaterThan(Switches);
        (await edge.Control.DrainAsync($"sw_{Switches + 1}", TimeSpan.FromSeconds(10), Ct)).IsDrained.ShouldBeTrue();
        await Eventually.ShouldBeAsync(async () => (await edge.Control.StatusAsync(Ct)).Environments[0].Targets.Sum(t => t.InFlight), 0);
        Directory.GetFiles(Path.Combine(edge.Options.Data, "table")).Length.ShouldBe(5);
        foreach (var target in targets)
            await target.DisposeAsync();

        async Task LoadAsync(int client)
        {
            using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = client % 2 is 0 ? TimeSpan.FromHours(1) : TimeSpan.Zero })
            {
                BaseAddress = edge.Http.BaseAddress,
            };
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    using var content = new StringContent(new string('x', 2000));
                    using var answer = client % 4 is 3 ? await http.PostAsync("/upload", content, Ct) : await http.GetAsync("/", Ct);
                    if (answer.StatusCode is not HttpStatusCode.OK)
                        faults.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");

                    Interlocked.Increment(ref answered);
                }
                catch (HttpRequestException e)
                {
                    faults.Enqueue(e.ToString());
                }
            }
        }
    }

    [Fact]
    public async Task No_client_sees_the_old_release_after_it_has_seen_the_new_one_on_any_route()
    {
        await using var edge = await StartAsync();
        await using var a = await Target.StartAsync("even");
        await using var b = await Target.StartAsync("odd");
        await edge.SwitchAsync(Version(0));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var mixed = 0;
        var readers = Enumerable.Range(0, 6).Select(_ => Task.Run(ReadAsync, Ct)).ToArray();

        for (var i = 1; i <= 100; i++)
            await edge.SwitchAsync(Version(i));

        await stop.CancelAsync();
        await Task.WhenAll(readers);

        mixed.ShouldBe(0);

        EdgeEnvironment Version(int i)
        {
            var target = (i % 2 is 0 ? a : b).Spec with { Instance = $"ins_{i}" };
            return With(
                [
                    new EdgeRoute("rte_1", RouteKind.Http, "one") { Host = "one.example", PathPrefix = $"/v{i}" },
                    new EdgeRoute("rte_2", RouteKind.Http, "two") { Host = "two.example", PathPrefix = $"/v{i}" },
                ],
                Service("one", target), Service("two", target with { Instance = $"ins_{i}b" }));
        }

        // The highest version that one host answers must be answered by the other one right after it.
        async Task ReadAsync()
        {
            var at = 0;
            while (!stop.IsCancellationRequested)
            {
                if (await StatusAsync("one.example", at + 1) is HttpStatusCode.OK)
                {
                    at++;
                    if (await StatusAsync("two.example", at) is not HttpStatusCode.OK && await StatusAsync("two.example", at + 1) is not HttpStatusCode.OK
                        && await StatusAsync("one.example", at) is HttpStatusCode.OK)
                        Interlocked.Increment(ref mixed);
                }
                else if (await StatusAsync("one.example", at) is not HttpStatusCode.OK)
                {
                    at = (int)edge.Host.Table.Current.Version - 2;
                }
            }
        }

        async Task<HttpStatusCode> StatusAsync(string host, int version)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v{version}") { Headers = { Host = host } };
            using var answer = await edge.Http.SendAsync(request, Ct);
            return answer.StatusCode;
        }
    }
}
