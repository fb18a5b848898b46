using System.Text.Json;
using System.Text.RegularExpressions;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.Model;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Wire;

namespace Davit.ControlPlane.Logs;

internal sealed record LogQueryString(string? Service, string? Instance, string? Since, string? Until, string? Grep, int? Tail, bool? Follow);

internal static class LogEndpoints
{
    public static void MapLogs(this IEndpointRouteBuilder app)
    {
        var env = app.MapGroup("/v1/orgs/{org}/projects/{project}/apps/{app}/envs/{env}").WithTags("Logs");
        env.MapGet("/logs", ReadAsync).Needs("log:read").WithMetadata(new Lasting()).WithName("ReadLogs");
        env.MapGet("/deployments/{deployment}/logs", DeploymentAsync).Needs("log:read").WithMetadata(new Lasting()).WithName("ReadDeploymentLogs");
    }

    private static async Task ReadAsync(
        [AsParameters] EnvPath path, [AsParameters] LogQueryString query, HttpContext context, Caller caller, LogReaders readers)
    {
        var env = await readers.Places.EnvAsync(caller, path, context.RequestAborted);
        var now = readers.Clock.GetUtcNow();
        var wish = new LogWish(query.Service?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [], Pattern(query.Grep), query.Tail)
        {
            Since = Instant(query.Since, now), Until = Instant(query.Until, now), Instance = query.Instance, Follow = query.Follow ?? false,
        };
        await SendAsync(context, readers.Reading.ReadAsync(env, wish, context.RequestAborted));
    }

    private static async Task DeploymentAsync(
        [AsParameters] EnvPath path, string deployment, bool? follow, HttpContext context, Caller caller, LogReaders readers)
    {
        var ct = context.RequestAborted;
        var env = await readers.Places.EnvAsync(caller, path, ct);
        var row = await readers.Database.ReadAsync(db => DeploymentTable.FindAsync(db, env.Id, deployment, ct), ct) ?? throw new ProblemException(ApiProblems.Missing("deployment", deployment));
        var over = row.State.IsFinal;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watch = over || follow is not true ? Task.CompletedTask : UntilFinalAsync(readers, row.Id, () => over = true, stop.Token);
        await SendAsync(context, readers.Reading.OfDeploymentAsync(env.Id, row.Id, follow ?? false, () => Volatile.Read(ref over), ct));
        await stop.CancelAsync();
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task UntilFinalAsync(LogReaders readers, DeploymentId id, Action over, CancellationToken ct)
    {
        while (await readers.Database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) is { State.IsFinal: false })
            await readers.Signals.NextAsync(TimeSpan.FromSeconds(2), ct);
        over();
    }

    private static async Task SendAsync(HttpContext context, IAsyncEnumerable<LogLineView> lines)
    {
        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.CacheControl = "no-store";

        // A follower learns at once that it is heard, also when nothing is written for a while.
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await foreach (var line in lines.WithCancellation(context.RequestAborted))
        {
            await context.Response.WriteAsync(JsonSerializer.Serialize(line, WireJson.Default.LogLineView) + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    /// <summary>No backtracking, so no pattern can take longer than its input.</summary>
    private static Regex? Pattern(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : new Regex(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(10));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ProblemException(ApiProblems.BadBody($"'{text}' is not a regular expression without look-around and back-references"), e);
        }
    }

    /// <summary>An instant (RFC 3339), or how long ago as <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>7d</c>.</summary>
    private static DateTimeOffset? Instant(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text[^1] is 's' or 'm' or 'h' or 'd' && double.TryParse(text[..^1], System.Globalization.CultureInfo.InvariantCulture, out var n) && n is >= 0 and < 1e6)
            return now - (text[^1] switch { 's' => TimeSpan.FromSeconds(n), 'm' => TimeSpan.FromMinutes(n), 'h' => TimeSpan.FromHours(n), _ => TimeSpan.FromDays(n) });
        return DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new ProblemException(ApiProblems.BadBody($"'{text}' is neither an instant nor a time such as 15m"));
    }
}

internal sealed record LogReaders(Places Places, Database Database, LogReading Reading, Events.EventSignals Signals, TimeProvider Clock);
