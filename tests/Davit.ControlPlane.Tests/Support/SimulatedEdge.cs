using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Davit.Edge.Control;
using Davit.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Davit.ControlPlane.Tests.Support;

/// <summary>
/// Stands in for davit-edge, which cannot reach instances that live in memory: speaks the control contract on a unix
/// socket and keeps the table, but forwards nothing. What it finds wrong with a request is kept in <see cref="Faults"/>.
/// </summary>
internal sealed class SimulatedEdge : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Slice> _slices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SwitchOutcome> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Environment, string Service, string Seed), (int Old, int New, int Errors)> _counted = [];
    private readonly List<string> _faults = [];
    private readonly List<string> _switches = [];
    private readonly WebApplication _app;
    private readonly TimeProvider _clock;
    private long _version;

    private SimulatedEdge(WebApplication app, TimeProvider clock) => (_app, _clock) = (app, clock);

    /// <summary>Answers for a target that is not ready; null lets every switch through.</summary>
    public Func<EdgeTarget, ProbeAttempt?>? Refuses { get; set; }

    /// <summary>While set, every call is cut off without an answer.</summary>
    public bool IsAway { get; set; }

    /// <summary>Instances taken out of the table stay in flight while set.</summary>
    public bool HoldsDrains { get; set; }

    /// <summary>What clients ask between two readings of the counters of a split, and how many of a thousand the new side fails.</summary>
    public (int Requests, int NewErrors) Clients { get; set; } = (4000, 0);

    /// <summary>Requests that no honest control plane sends.</summary>
    public IReadOnlyList<string> Faults => Locked(() => _faults.ToList());

    /// <summary>The environments of every switch that was made, in order.</summary>
    public IReadOnlyList<string> Switches => Locked(() => _switches.ToList());

    public static async Task<SimulatedEdge> StartAsync(string socket, TimeProvider clock, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(socket)!);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.ListenUnixSocket(socket));
        var app = builder.Build();
        var edge = new SimulatedEdge(app, clock);
        app.Run(edge.HandleAsync);
        await app.StartAsync(ct);
        return edge;
    }

    /// <summary>The instances that get traffic in an environment.</summary>
    public string[] Routed(string environment) => Locked(() =>
        _slices.TryGetValue(environment, out var slice) ? [.. Targets(slice.Environment).Select(t => t.Target.Instance)] : Array.Empty<string>());

    /// <summary>The share of clients that a new release serves; null when nothing is split.</summary>
    public int? Percent(string environment) => Locked(() =>
        _slices.TryGetValue(environment, out var slice) ? slice.Environment.Services.Select(s => s.Split?.Percent).FirstOrDefault(p => p is not null) : null);

    /// <summary>Whether the environment's routes lead to files or at least one instance.</summary>
    public bool Serves(string environment) => Locked(() =>
        _slices.TryGetValue(environment, out var slice) && slice.Environment.Routes.Length > 0 && slice.Environment.Services.All(s => s.Site is not null || s.Targets.Length > 0));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        if (IsAway)
        {
            http.Abort();
            return;
        }

        var segments = http.Request.Path.Value!.Trim('/').Split('/');
        try
        {
            await ((http.Request.Method, segments) switch
            {
                ("POST", ["v1", "switches"]) => SwitchAsync(http),
                ("DELETE", ["v1", "environments", var id]) => RemoveAsync(http, id),
                ("PUT", ["v1", "environments", var id, "traffic"]) => TrafficAsync(http, id),
                ("GET", ["v1", "environments", var id, "splits"]) => AnswerAsync(http, Splits(id), ControlJson.Default.EnvironmentSplits),
                ("GET", ["v1", "status"]) => AnswerAsync(http, Status(), ControlJson.Default.EdgeStatus),
                _ => throw new ProblemException(EdgeProblems.BadRequest($"{http.Request.Method} {http.Request.Path}")),
            });
        }
        catch (ProblemException e)
        {
            http.Response.StatusCode = e.Problem.Of.Status;
            await AnswerAsync(http, e.Problem, ControlJson.Default.Problem);
        }
    }

    private async Task SwitchAsync(HttpContext http)
    {
        var request = (await JsonSerializer.DeserializeAsync(http.Request.Body, ControlJson.Default.SwitchRequest, http.RequestAborted))!;
        await AnswerAsync(http, Locked(() => Once(request.Id, request.Environment.Environment, request.Fence, () => Apply(request))), ControlJson.Default.SwitchOutcome);
    }

    private Task RemoveAsync(HttpContext http, string environment)
    {
        var (id, fence) = (http.Request.Query["switch"].ToString(), long.Parse(http.Request.Query["fence"].ToString(), CultureInfo.InvariantCulture));
        return AnswerAsync(http, Locked(() => Once(id, environment, fence, () => Remove(environment, id))), ControlJson.Default.SwitchOutcome);
    }

    private async Task TrafficAsync(HttpContext http, string environment)
    {
        var traffic = (await JsonSerializer.DeserializeAsync(http.Request.Body, ControlJson.Default.EdgeTraffic, http.RequestAborted))!;
        Locked(() => _slices[environment] = _slices.TryGetValue(environment, out var slice)
            ? slice with { Environment = slice.Environment with { Traffic = traffic } }
            : throw new ProblemException(EdgeProblems.UnknownEnvironment(environment)));
        await AnswerAsync(http, traffic, ControlJson.Default.EdgeTraffic);
    }

    private SwitchOutcome Once(string id, string environment, long fence, Func<SwitchOutcome> run)
    {
        Check(id, environment);
        if (_answers.TryGetValue(id, out var known))
            return known;
        if (_slices.TryGetValue(environment, out var slice) && fence < slice.Fence)
            return new SwitchOutcome.Refused(EdgeProblems.StaleFence(environment, fence, slice.Fence), []);
        return _answers[id] = run();
    }

    private void Check(string id, string environment)
    {
        if (!Id.TryParse<EnvId>(environment, out _))
            _faults.Add($"'{environment}' is no environment");
        if (id.Split('.') is not [var deployment, _, _] || !Id.TryParse<DeploymentId>(deployment, out _))
            _faults.Add($"'{id}' is no switch id");
    }

    private SwitchOutcome Apply(SwitchRequest request)
    {
        var services = request.Environment.Services;
        if (request.Environment.Routes.Any(r => services.All(s => s.Name != r.Service)))
            _faults.Add($"{request.Id} has a route to no service");
        if (services.Any(s => s.Split is { } split && (split.To.Name != s.Name || split.To.Split is not null || split.Seed is "" || split.To.Targets.Intersect(s.Targets).Any())))
            _faults.Add($"{request.Id} splits a service in a way that means nothing");
        var rings = Targets(request.Environment).Select(t => Ring(t.Service, t.Target)).ToImmutableArray();
        if (rings.Any(r => !r.Ready))
            return new SwitchOutcome.Refused(EdgeProblems.NotReady(request.Deadline, "simulated"), rings);

        Leave(request.Environment.Environment, [.. Targets(request.Environment).Select(t => t.Target.Instance)]);
        var at = _clock.GetUtcNow();
        var draining = _slices.TryGetValue(request.Environment.Environment, out var old) ? old.Draining : [];
        _slices[request.Environment.Environment] = new(request.Environment with { Traffic = request.Environment.Traffic ?? old?.Environment.Traffic }, request.Fence, request.Id, at) { Draining = draining };
        _switches.Add(request.Environment.Environment);
        return new SwitchOutcome.Switched(at, ++_version, rings);
    }

    private SwitchOutcome Remove(string environment, string id)
    {
        if (!_slices.TryGetValue(environment, out var slice))
            return new SwitchOutcome.Refused(EdgeProblems.UnknownEnvironment(environment), []);
        Leave(environment, []);
        if (HoldsDrains)
            _slices[environment] = slice with { Environment = new(environment, [], []), Switch = id };
        else
            _slices.Remove(environment);
        _switches.Add(environment);
        return new SwitchOutcome.Switched(_clock.GetUtcNow(), ++_version, []);
    }

    private void Leave(string environment, string[] staying)
    {
        if (!_slices.TryGetValue(environment, out var slice))
            return;
        var leaving = Targets(slice.Environment).Select(t => t.Target.Instance).Except(staying, StringComparer.Ordinal);
        _slices[environment] = slice with { Draining = [.. slice.Draining.Union(leaving).Except(staying, StringComparer.Ordinal)] };
    }

    private TargetProbes Ring(EdgeService service, EdgeTarget target)
    {
        var attempt = Refuses?.Invoke(target);
        var ring = attempt ?? new ProbeAttempt(_clock.GetUtcNow(), ProbeResult.Ready, 200, TimeSpan.FromMilliseconds(1), "", "");
        return new(service.Name, target.Instance, $"{target.Address}:{target.Port}", attempt is null, [ring]);
    }

    private EdgeStatus Status() => Locked(() => new EdgeStatus("simulated", _clock.GetUtcNow(), _version, TimeSpan.Zero,
        [.. _slices.Values.Select(s => new EnvironmentStatus(s.Environment.Environment, s.Fence, s.Switch, s.At, s.Environment.Traffic?.Mode ?? TrafficMode.Serving,
        [
            .. Targets(s.Environment).Select(t => Target(t.Service.Name, t.Service.Release, t.Target.Instance, TargetHealth.Ready, 0)),
            .. HoldsDrains ? s.Draining.Select(i => Target("", "", i, TargetHealth.Draining, 1)) : [],
        ])
        {
            TrafficMessage = s.Environment.Traffic?.Message ?? "",
        })], []));

    /// <summary>Each reading finds that clients have asked again.</summary>
    private EnvironmentSplits Splits(string environment) => Locked(() => new EnvironmentSplits(environment,
    [
        .. (_slices.TryGetValue(environment, out var slice) ? slice.Environment.Services : []).Where(s => s.Split is not null).Select(s =>
        {
            var split = s.Split!;
            var fresh = Clients.Requests * split.Percent / 100;
            var last = _counted.GetValueOrDefault((environment, s.Name, split.Seed));
            var now = _counted[(environment, s.Name, split.Seed)] = (last.Old + Clients.Requests - fresh, last.New + fresh, last.Errors + (fresh * Clients.NewErrors / 1000));
            return new SplitCounters(s.Name, split.Seed, split.Percent, Side(s.Release, now.Old, 0), Side(split.To.Release, now.New, now.Errors));
        }),
    ]));

    private static SideCounters Side(string release, int requests, int errors) => new(release, requests, errors, [.. Enumerable.Range(0, 64).Select(n => n is 16 ? (long)requests : 0)]);

    private static IEnumerable<(EdgeService Service, EdgeTarget Target)> Targets(EdgeEnvironment environment) =>
        environment.Services.SelectMany(s => (EdgeService[])(s.Split is { } split ? [s, split.To] : [s])).SelectMany(s => s.Targets.Select(t => (s, t)));

    private static TargetStatus Target(string service, string release, string instance, TargetHealth health, int inFlight) => new(service, release, instance, "", health, inFlight, 0, []);

    private static Task AnswerAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> form)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, answer, form, http.RequestAborted);
    }

    private T Locked<T>(Func<T> body)
    {
        lock (_gate)
            return body();
    }

    private sealed record Slice(EdgeEnvironment Environment, long Fence, string Switch, DateTimeOffset At)
    {
        public string[] Draining { get; init; } = [];
    }
}
