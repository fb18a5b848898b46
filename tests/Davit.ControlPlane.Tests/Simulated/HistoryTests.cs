using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;
using Davit.Testing;
using Davit.Testing.Postgres;
using Microsoft.AspNetCore.Builder;

namespace Davit.ControlPlane.Tests.Simulated;

/// <summary>
/// Eight clients write the same few apps through three control planes on one database, which end and come back meanwhile:
/// what was answered is one history, and the events tell it.
/// </summary>
public sealed class HistoryTests(PostgresServer server) : IAsyncLifetime
{
    private const int Servers = 3;
    private const int Clients = 8;
    private const int Writes = 60;

    private readonly ConcurrentBag<(string App, long Version)> _updated = [];
    private readonly ConcurrentBag<string> _created = [];
    private readonly ConcurrentBag<string> _deleted = [];
    private readonly List<(ServerOptions Options, WebApplication? App)> _replicas = [];
    private Installed _installed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _installed = await Installed.StartAsync(server, Ct);
        for (var i = 1; i < Servers; i++)
            _replicas.Add((new ServerOptions { Data = Beside(_installed.Options.Data) }, null));
        for (var i = 0; i < _replicas.Count; i++)
            await StartAsync(i);
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _replicas.Count; i++)
        {
            await StopAsync(i);
            Directory.Delete(_replicas[i].Options.Data, recursive: true);
        }

        await _installed.DisposeAsync();
    }

    [Fact]
    public async Task Writes_through_several_control_planes_are_one_history()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var weather = WeatherAsync(over.Token);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(ClientAsync));
        await over.CancelAsync();
        await weather;

        // No lost update: of those who changed the same version, one was told that it did.
        _updated.GroupBy(u => u).Where(g => g.Count() > 1).ShouldBeEmpty();
        _created.ShouldBeUnique();
        _created.Count.ShouldBeGreaterThan(5);
        _updated.Count.ShouldBeGreaterThan(20);

        using var api = _installed.Api();
        ((int?)(await api.GetAsync("/v1/orgs/default/events/verdict", Ct)).ShouldBe(200).Json["firstBroken"]).ShouldBeNull();
        Replay([.. (await api.GetAsync("/v1/orgs/default/events", Ct)).ShouldBe(200).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)]);
    }

    [Fact]
    public async Task Two_who_scale_different_services_at_once_both_get_what_they_asked_for()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        _installed.World.Add(new MemoryImage("web:1") { HealthyAfter = TimeSpan.FromMilliseconds(1) });
        await shop.LiveAsync(await shop.DeployFilesAsync(("compose.yaml", "services:\n  a: { image: web:1 }\n  b: { image: web:1 }\n")));
        using var other = Api(1);
        for (var round = 0; round < 12; round++)
        {
            var (one, two) = (2 + (round % 3), 2 + ((round + 1) % 3));
            await Task.WhenAll(
                shop.Http.PutAsync($"{shop.Env}/scale", $$$"""{"services":{"a":{{{one}}}}}""", Ct),
                other.PutAsync($"{shop.Env}/scale", $$$"""{"services":{"b":{{{two}}}}}""", Ct));

            var scale = (await shop.RowAsync()).Scale;
            (scale["a"], scale["b"]).ShouldBe((one, two));
        }
    }

    /// <summary>Events in their order never give a name to two, never touch what is not there, and hold everything that was answered.</summary>
    private void Replay(IReadOnlyList<JsonNode> events)
    {
        events.Select(e => (long)e["seq"]!).ShouldBe(Enumerable.Range(1, events.Count).Select(n => (long)n));
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var (made, updates) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var e in events.Where(e => ((string)e["type"]!).StartsWith("app.", StringComparison.Ordinal)))
        {
            var id = e["subjects"]!.AsArray().Select(s => (string)s!).Single(s => s.StartsWith("app_", StringComparison.Ordinal));
            var name = (string?)e["payload"]!["name"];
            switch ((string)e["type"]!)
            {
                case "app.created":
                    names.Values.ShouldNotContain(name!, e.ToJsonString());
                    made.Add(id).ShouldBeTrue(id);
                    names[id] = name!;
                    break;
                case "app.updated":
                    names.ShouldContainKey(id);
                    names[id] = name!;
                    updates[id] = updates.GetValueOrDefault(id) + 1;
                    names.Values.Distinct(StringComparer.Ordinal).Count().ShouldBe(names.Count, e.ToJsonString());
                    break;
                case "app.deleted":
                    names.Remove(id).ShouldBeTrue(e.ToJsonString());
                    break;
            }
        }

        _created.Except(made, StringComparer.Ordinal).ShouldBeEmpty();
        _deleted.Where(names.ContainsKey).ShouldBeEmpty();

        // Every version that was answered as changed is one event; a write whose answer was lost has an event and no answer.
        foreach (var app in _updated.GroupBy(u => u.App, StringComparer.Ordinal))
        {
            app.Max(u => u.Version).ShouldBeLessThanOrEqualTo(updates.GetValueOrDefault(app.Key), app.Key);
            app.Count().ShouldBeLessThanOrEqualTo(updates.GetValueOrDefault(app.Key), app.Key);
        }
    }

    /// <summary>A directory of its own with a socket of its own; what replicas must have in common is a link into the first one's.</summary>
    private static string Beside(string first)
    {
        var data = Directory.CreateTempSubdirectory("davit-cp-").FullName;
        foreach (var shared in (string[])["content", "blobs", "sources", "edge", "keys", "logs"])
        {
            Directory.CreateDirectory(Path.Combine(first, shared));
            Directory.CreateSymbolicLink(Path.Combine(data, shared), Path.Combine(first, shared));
        }

        return data;
    }

    private async Task ClientAsync(int number)
    {
        var dice = new Dice($"client-{number}");
        for (var i = 0; i < Writes; i++)
        {
            using var api = Api(dice.Next(Servers));
            try
            {
                await WriteAsync(api, $"shared-{dice.Next(4)}", dice);
            }
            catch (HttpRequestException)
            {
                // That control plane is away: the next write asks another.
            }
        }
    }

    private async Task WriteAsync(Api api, string name, Dice dice)
    {
        var seen = await api.GetAsync($"{Support.Api.Apps}/{name}", Ct);
        if (seen.Status is 404)
        {
            var made = await api.PostAsync(Support.Api.Apps, $$"""{"name":"{{name}}"}""", Ct);
            made.Status.ShouldBeOneOf([201, 409, 503], made.Text);
            if (made.Status is 201)
                _created.Add((string)made.Value["id"]!);
        }
        else if (seen.Status is 200)
        {
            var (id, version) = ((string)seen.Json["id"]!, (long)seen.Json["version"]!);
            var deletes = dice.Next(8) is 0;
            var answer = deletes
                ? await api.DeleteAsync($"{Support.Api.Apps}/{id}?expectedVersion={version}&confirm={name}", Ct)
                : await api.PatchAsync($"{Support.Api.Apps}/{id}", $$"""{"expectedVersion":{{version}},"description":"{{dice.Next(1000)}}"}""", Ct);
            answer.Status.ShouldBeOneOf([200, 404, 409, 422, 503], answer.Text);
            if (answer.Status is 200 && deletes)
                _deleted.Add(id);
            else if (answer.Status is 200)
                _updated.Add((id, version));
        }
    }

    private Api Api(int at) => at is 0 ? _installed.Api() : new Api(_replicas[at - 1].Options.ApiSocket, _installed.Token);

    /// <summary>One after the other the second and the third control plane end in the middle of what they do, and come back.</summary>
    private async Task WeatherAsync(CancellationToken over)
    {
        for (var turn = 0; !over.IsCancellationRequested; turn++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await StopAsync(turn % _replicas.Count);
            await StartAsync(turn % _replicas.Count);
        }
    }

    private async Task StartAsync(int at)
    {
        var app = ServerHost.Build(_replicas[at].Options, _installed.Database, _installed.Installation, _installed.Driver);
        await app.StartAsync(Ct);
        _replicas[at] = (_replicas[at].Options, app);
    }

    private async Task StopAsync(int at)
    {
        if (_replicas[at].App is not { } app)
            return;
        _replicas[at] = (_replicas[at].Options, null);
        using var now = new CancellationTokenSource(TimeSpan.Zero, TimeProvider.System);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
