using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Davit.Edge.Switching;
using Davit.Edge.Tls;
using Davit.Model;

namespace Davit.Edge.Control;

/// <summary>The control protocol: JSON over HTTP on a socket that only the edge's user can open.</summary>
internal sealed class ControlEndpoints(Switchboard switchboard, TableSwap swap, CertificateParts certificates, EdgeReport report, UpgradeEndpoints upgrades, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task HandleAsync(HttpContext http, CancellationToken ct)
    {
        if (upgrades.IsOver)
        {
            http.Abort();
            return;
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, upgrades.Over);
        try
        {
            await RouteAsync(http, both.Token);
        }
        catch (ProblemException e)
        {
            http.Response.StatusCode = e.Problem.Of.Status;
            await AnswerAsync(http, e.Problem, ControlJson.Default.Problem, ct);
        }
        catch (OperationCanceledException)
        {
            http.Abort();
        }
    }

    private Task RouteAsync(HttpContext http, CancellationToken ct)
    {
        var segments = (http.Request.Path.Value ?? "").Trim('/').Split('/');
        return (http.Request.Method, segments) switch
        {
            ("POST", ["v1", "switches"]) => SwitchAsync(http, ct),
            ("GET", ["v1", "switches", var id, "drain"]) => DrainAsync(http, id, ct),
            ("DELETE", ["v1", "environments", var id]) => RemoveAsync(http, id, ct),
            ("POST", ["v1", "environments", var id, "gone"]) => GoneAsync(http, id, ct),
            ("PUT", ["v1", "environments", var id, "traffic"]) => TrafficAsync(http, id, ct),
            ("GET", ["v1", "environments", var id, "counters"]) => AnswerAsync(http, report.Counters(id), ControlJson.Default.EnvironmentCounters, ct),
            ("GET", ["v1", "environments", var id, "splits"]) => AnswerAsync(http, report.Splits(id), ControlJson.Default.EnvironmentSplits, ct),
            ("GET", ["v1", "status"]) => StatusAsync(http, ct),
            ("GET", ["v1", "table"]) => AnswerAsync(http, [.. swap.Table.Current.Slices.Values.Select(s => s.Environment)], ControlJson.Default.EdgeEnvironmentArray, ct),
            ("GET", ["v1", "route-test"]) => AnswerAsync(http, report.Test(Uri(http)), ControlJson.Default.RouteTest, ct),
            ("PUT", ["v1", "certificates", var name]) => PutCertificateAsync(http, name, ct),
            ("GET", ["v1", "certificates"]) => AnswerAsync(http, [.. certificates.Handshakes.List()], ControlJson.Default.CertificateStatusArray, ct),
            ("POST", ["v1", "upgrade"]) => UpgradeAsync(http, ct),
            ("PUT", ["v1", "predecessors"]) => ReportAsync(http, ct),
            _ => throw Refuse($"{http.Request.Method} {http.Request.Path} is not part of the protocol"),
        };
    }

    private async Task StatusAsync(HttpContext http, CancellationToken ct)
    {
        await upgrades.HeardAsync(ct);
        await AnswerAsync(http, report.Status(), ControlJson.Default.EdgeStatus, ct);
    }

    private async Task SwitchAsync(HttpContext http, CancellationToken ct)
    {
        var request = await ReadAsync(http, ControlJson.Default.SwitchRequest, ct);
        if (request.Id is "" || request.Deadline < TimeSpan.Zero || request.Deadline > ServiceCheck.LongestTime)
            throw Refuse("a switch has an id and a deadline between nothing and a week");

        await AnswerAsync(http, await switchboard.SwitchAsync(request, ct), ControlJson.Default.SwitchOutcome, ct);
    }

    private async Task DrainAsync(HttpContext http, string id, CancellationToken ct)
    {
        var wait = int.TryParse(http.Request.Query["wait"], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? TimeSpan.FromMilliseconds(ms) : TimeSpan.Zero;
        if (swap.Drainer.Find(id) is { } record)
        {
            await Task.WhenAny(record.Done, Task.Delay(wait < LongestWait ? wait : LongestWait, clock, ct));
            await AnswerAsync(http, record.Read(), ControlJson.Default.DrainState, ct);
        }
        else if (swap.Table.Current.Find(id) is { } applied)
        {
            // Applied before the edge was started anew: what it replaced ended with the old process, or ends in it after an upgrade.
            var left = await RemainingAsync(id, wait, ct);
            await AnswerAsync(http, new DrainState(id, left, 0, left is 0 ? applied.At : null, []), ControlJson.Default.DrainState, ct);
        }
        else
        {
            throw new ProblemException(EdgeProblems.UnknownSwitch(id));
        }
    }

    private async Task<int> RemainingAsync(string switchId, TimeSpan wait, CancellationToken ct)
    {
        var environments = swap.Table.Current.Slices.Values.Where(s => s.Find(switchId) is not null).Select(s => s.Environment.Environment).ToArray();
        await upgrades.HeardAsync(ct);
        var began = clock.GetTimestamp();
        int left;
        while ((left = environments.Sum(report.Remaining)) > 0 && clock.GetElapsedTime(began) < wait)
            await Task.Delay(Pause, clock, ct);

        return left;
    }

    /// <summary>Answered by the old process, over a connection that ends with it.</summary>
    private async Task UpgradeAsync(HttpContext http, CancellationToken ct)
    {
        var request = await ReadAsync(http, ControlJson.Default.UpgradeRequest, ct);
        http.Response.Headers.Connection = "close";
        await AnswerAsync(http, await upgrades.UpgradeAsync(request), ControlJson.Default.UpgradeOutcome, http.RequestAborted);
    }

    private async Task ReportAsync(HttpContext http, CancellationToken ct)
    {
        var said = await ReadAsync(http, ControlJson.Default.PredecessorReport, ct);
        await AnswerAsync(http, await upgrades.ReportAsync(said, ct), ControlJson.Default.TableMark, ct);
    }

    private async Task RemoveAsync(HttpContext http, string environment, CancellationToken ct)
    {
        var switchId = http.Request.Query["switch"].ToString();
        if (switchId is "" || !long.TryParse(http.Request.Query["fence"], NumberStyles.None, CultureInfo.InvariantCulture, out var fence))
            throw Refuse("a removal names its switch and its fence");

        await AnswerAsync(http, await switchboard.RemoveAsync(environment, switchId, fence, ct), ControlJson.Default.SwitchOutcome, ct);
    }

    private async Task GoneAsync(HttpContext http, string environment, CancellationToken ct)
    {
        var instances = await ReadAsync(http, ControlJson.Default.StringArray, ct);
        await AnswerAsync(http, switchboard.Gone(environment, instances), ControlJson.Default.StringArray, ct);
    }

    private async Task TrafficAsync(HttpContext http, string environment, CancellationToken ct)
    {
        var traffic = await ReadAsync(http, ControlJson.Default.EdgeTraffic, ct);
        await AnswerAsync(http, await switchboard.SetTrafficAsync(environment, traffic, ct), ControlJson.Default.EdgeTraffic, ct);
    }

    private async Task PutCertificateAsync(HttpContext http, string name, CancellationToken ct)
    {
        var upload = await ReadAsync(http, ControlJson.Default.CertificateUpload, ct);
        using var turn = await upgrades.WriteAsync(ct);
        await AnswerAsync(http, certificates.Store.Put(name, upload), ControlJson.Default.CertificateStatus, ct);
    }

    private static Uri Uri(HttpContext http) =>
        System.Uri.TryCreate(http.Request.Query["url"], UriKind.Absolute, out var url) ? url : throw Refuse("route-test needs an absolute url");

    private static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> form, CancellationToken ct)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, form, ct) ?? throw Refuse("its body is null");
        }
        catch (JsonException e)
        {
            throw Refuse($"its body does not fit at {e.Path ?? "$"}");
        }
    }

    private static Task AnswerAsync<T>(HttpContext http, T answer, JsonTypeInfo<T> form, CancellationToken ct)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, answer, form, ct);
    }

    private static ProblemException Refuse(string why) => new(EdgeProblems.BadRequest(why));
}

/// <summary>Uploaded certificates and all that are served.</summary>
internal sealed record CertificateParts(CertificateStore Store, Handshakes Handshakes);
