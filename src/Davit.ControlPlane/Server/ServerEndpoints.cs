using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Disks;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Volumes;
using Davit.Drivers;
using Davit.Edge.Control;
using Davit.Model;
using Davit.Store;
using Davit.Wire;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Davit.ControlPlane.Server;

internal static class ServerEndpoints
{
    public static void MapServer(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/health", HealthAsync).OpenToAll().WithName("GetHealth").WithTags("Server");
        app.MapGet("/v1/doctor", DoctorAsync).Needs("server:read").WithName("GetDoctor").WithTags("Server");
        app.MapGet("/v1/server", ServerAsync).Needs("server:read").WithName("GetServer").WithTags("Server");
        app.MapGet("/v1/capabilities", Capabilities).OpenToAll().WithName("GetCapabilities").WithTags("Server");
        app.MapGet("/v1/whoami", WhoAsync).NeedsSignIn().WithName("WhoAmI").WithTags("Server");
        app.MapOpenApi("/v1/openapi.json").OpenToAll();
    }

    /// <summary>Alive and able to write: what a balancer or supervisor asks.</summary>
    private static async Task<Ok<HealthView>> HealthAsync(Database database, CancellationToken ct)
    {
        var check = await DatabaseAsync(database, ct);
        return TypedResults.Ok(new HealthView(check.Severity is "ok" ? "ok" : "degraded", []));
    }

    private static async Task<Ok<HealthView>> DoctorAsync([AsParameters] ServerParts parts, DiskGuard disk, [AsParameters] BackupCheck backups, CancellationToken ct)
    {
        CheckView[] checks = [await DatabaseAsync(parts.Database, ct), await EngineAsync(parts.Driver, ct), await EdgeAsync(parts.Edge, ct), Disk(disk), await BackupsAsync(backups, ct)];
        return TypedResults.Ok(new HealthView(checks.Any(c => c.Severity is "blocking") ? "blocked" : checks.Any(c => c.Severity is "warning") ? "degraded" : "ok", checks));
    }

    private static async Task<Ok<ServerView>> ServerAsync([AsParameters] ServerParts parts, CancellationToken ct)
    {
        CheckView[] checks = [await DatabaseAsync(parts.Database, ct), await EngineAsync(parts.Driver, ct), await EdgeAsync(parts.Edge, ct)];
        var up = (long)(parts.Clock.GetUtcNow() - parts.Start.At).TotalSeconds;
        return TypedResults.Ok(new ServerView(ServerVersion.Text, parts.Installation.Id.ToString(), parts.Start.At, up, ["v1"], checks));
    }

    private static Ok<CapabilitiesView> Capabilities(Installation installation, IRuntimeDriver driver) => TypedResults.Ok(new CapabilitiesView(
        ServerVersion.Text, installation.Id.ToString(), [driver.Id],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["deploy"] = "on", ["static-sites"] = "on", ["contracts"] = "deferred", ["swarm"] = "deferred", ["people"] = "deferred" }));

    private static async Task<Ok<WhoView>> WhoAsync(Caller caller, Places places, CancellationToken ct)
    {
        var org = await places.OrgAsync(caller, new(caller.Org.ToString()), ct);
        return TypedResults.Ok(new WhoView(org.Id.ToString(), org.Name, caller.Actor));
    }

    private static async Task<CheckView> DatabaseAsync(Database database, CancellationToken ct)
    {
        try
        {
            var version = await database.ReadAsync(db => Task.FromResult(db.PostgreSqlVersion), ct);
            return new("database", "ok", $"PostgreSQL {version}");
        }
        catch (Exception e) when (e is ProblemException or NpgsqlException)
        {
            return new("database", "blocking", "PostgreSQL does not answer", "Read postgres/postgres.log in the data directory, or check DAVIT_DATABASE.");
        }
    }

    private static async Task<CheckView> EngineAsync(IRuntimeDriver driver, CancellationToken ct)
    {
        try
        {
            var facts = await driver.DescribeAsync(ct);
            return new("engine", "ok", $"{driver.Id} {facts.Version}, API {facts.ApiVersion}, {facts.Size.Cpus} CPUs, {facts.Size.MemoryBytes >> 20} MiB");
        }
        catch (ProblemException e)
        {
            return new("engine", "blocking", e.Problem.Detail, e.Problem.Hint);
        }
    }

    private static async Task<CheckView> EdgeAsync(EdgeControlClient edge, CancellationToken ct)
    {
        try
        {
            var status = await edge.StatusAsync(ct);
            var blocked = status.Listeners.FirstOrDefault(l => l.Problem is not "");
            return blocked is null
                ? new("edge", "ok", $"table {status.TableVersion}, {status.Environments.Length} environment(s), {status.OpenConnections} connection(s)")
                : new("edge", "warning", $"{blocked.Address} is not served: {blocked.Problem}", "Free the port, or choose others with --http-port and --https-port.");
        }
        catch (ProblemException e)
        {
            return new("edge", "blocking", e.Problem.Detail, e.Problem.Hint);
        }
    }

    /// <summary>Written, read and deleted, as a backup would.</summary>
    private static async Task<CheckView> BackupsAsync(BackupCheck check, CancellationToken ct)
    {
        if (check.Target is NoTarget)
            return new("backups", "ok", "no place is set, so volumes cannot be backed up: davitd --backups PLACE");
        try
        {
            await check.Watch.TryAsync(ct);
            return new("backups", "ok", $"{check.Target.Text} was written, read and cleaned");
        }
        catch (ProblemException e)
        {
            return new("backups", "warning", e.Problem.Detail, e.Problem.Hint);
        }
    }

    private static CheckView Disk(DiskGuard guard)
    {
        var (fullest, level) = guard.Look();
        const string fix = "See what Davit can let go: davit gc";
        return level switch
        {
            DiskLevel.Calm => new("disk", "ok", $"{100 - fullest.Percent} % free"),
            DiskLevel.Warn or DiskLevel.Collect => new("disk", "warning", $"{fullest.Percent} % of {fullest.Path} is used; builds and pulls are refused at {DiskGuard.RefuseWorkAt} %", fix),
            DiskLevel.RefuseWork => new("disk", "blocking", $"{fullest.Percent} % of {fullest.Path} is used; builds, pulls and uploads are refused", fix),
            DiskLevel.RefuseLogs => new("disk", "blocking", $"{fullest.Percent} % of {fullest.Path} is used; builds, pulls, uploads and new lines of logs are refused", fix),
        };
    }
}

/// <summary>What the server consists of.</summary>
internal sealed record ServerParts(Database Database, IRuntimeDriver Driver, EdgeControlClient Edge, Installation Installation, ServerStart Start, TimeProvider Clock);

/// <summary>What says whether backups have a place.</summary>
internal sealed record BackupCheck(IBackupTarget Target, TargetWatch Watch);

internal static class ServerVersion
{
    public static string Text { get; } = typeof(ServerVersion).Assembly.GetName().Version?.ToString(3) ?? "0";
}
