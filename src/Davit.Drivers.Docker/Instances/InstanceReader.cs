using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Hooks;
using Davit.Drivers.Instances;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Instances;

/// <summary>Finds containers and says what they are in Davit's words.</summary>
internal sealed class InstanceReader(EngineClient engine, InstallationId installation)
{
    private const int AtOnce = 8;

    private readonly MemoryKills _kills = new(engine);

    /// <summary>Null when there is no container of that name, whoever made it.</summary>
    public async Task<ContainerInspect?> FindAsync(string name, CancellationToken ct)
    {
        try
        {
            return await engine.ReadAsync(EngineCall.Get($"/containers/{EngineCall.Escape(name)}/json"), EngineJson.Default.ContainerInspect, ct);
        }
        catch (EngineException missing) when (missing.Status is HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (EngineException other)
        {
            throw new ProblemException(EngineAnswers.ForAnything(other), other);
        }
    }

    /// <summary>Null also when it is not ours: what we did not make we do not see.</summary>
    public async Task<ContainerInspect?> FindOwnAsync(string name, CancellationToken ct) =>
        await FindAsync(name, ct) is { } found && IsOurs(found.Labels) ? found : null;

    /// <exception cref="ProblemException">DV3020.</exception>
    public async Task<ContainerInspect> GetOwnAsync(string name, CancellationToken ct) =>
        await FindOwnAsync(name, ct) ?? throw new ProblemException(DriverProblems.InstanceNotFound(name));

    public async Task<ImmutableArray<InstanceSight>> ListAsync(OwnershipScope scope, CancellationToken ct)
    {
        var listed = await engine.ReadAsync(
            EngineCall.Get("/containers/json", ("all", "1"), ("filters", Filter(scope))), EngineJson.Default.ContainerListedArray, ct);
        var sights = new InstanceSight?[listed.Length];
        await Parallel.ForAsync(0, listed.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (i, token) =>
        {
            if (await FindAsync(listed[i].Id, token) is { } found)
                sights[i] = Look(await _kills.CorrectAsync(found, isPatient: false, token));
        });
        return [.. sights.OfType<InstanceSight>().OrderBy(s => s.Name, StringComparer.Ordinal)];
    }

    public bool IsOurs(IReadOnlyDictionary<string, string> labels) =>
        labels.GetValueOrDefault(OwnershipLabels.Installation) == installation.ToString();

    /// <summary>Null when the labels are not complete.</summary>
    public static InstanceSight? Look(ContainerInspect found) => Ownership.FromLabels(found.Labels) is not { } owner ? null
        : new(found.Name.TrimStart('/'), found.Id, owner, found.Labels.GetValueOrDefault(OwnershipLabels.SpecHash, ""), StateOf(found.State))
        {
            Image = found.Labels.GetValueOrDefault(PreparedImage.Label, found.Config.Image),
            ImageDigest = found.Image,
            CreatedAt = found.Created,
            RestartCount = found.RestartCount,
            Fingerprint = FingerprintOf(found),
            Addresses = [.. Addresses(found)],
            Ports = [.. Ports(found)],
            Pid = found.State.Pid > 0 ? found.State.Pid : null,
        };

    /// <summary>What <c>docker update</c>, <c>rename</c> and <c>network connect</c> change; everything else of a container is fixed when it is made.</summary>
    private static string FingerprintOf(ContainerInspect found)
    {
        var host = JsonSerializer.Serialize(found.HostConfig, EngineJson.Default.InspectedHost);
        var networks = found.NetworkSettings?.Networks?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>();
        return CanonicalJson.HashOf(Encoding.UTF8.GetBytes(string.Join('\n', [found.Name, host, .. networks])));
    }

    public static InstanceState StateOf(ContainerState state) => state.Status switch
    {
        "created" => new InstanceState.Created(),
        "running" => new InstanceState.Running(state.StartedAt, HealthOf(state.Health)),
        "paused" => new InstanceState.Paused(state.StartedAt),
        "restarting" => new InstanceState.Restarting(state.ExitCode),
        "exited" => new InstanceState.Exited(state.ExitCode, state.OOMKilled, Happened(state.StartedAt), state.FinishedAt) { Error = string.IsNullOrEmpty(state.Error) ? null : state.Error },
        _ => new InstanceState.Removing(),
    };

    public static string Filter(OwnershipScope scope, params ReadOnlySpan<(string Key, string[] Values)> more)
    {
        var filters = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["label"] = [.. scope.ToLabels().Entries.Select(l => $"{l.Key}={l.Value}")],
        };
        foreach (var (key, values) in more)
            filters[key] = values;
        return JsonSerializer.Serialize(filters, EngineJson.Default.Filters);
    }

    private static HealthVerdict HealthOf(ContainerHealth? health) => health?.Status switch
    {
        "starting" => HealthVerdict.Starting,
        "healthy" => HealthVerdict.Healthy,
        "unhealthy" => HealthVerdict.Unhealthy,
        _ => HealthVerdict.None,
    };

    /// <summary>The engine writes year 1 for what never happened.</summary>
    private static DateTimeOffset? Happened(DateTimeOffset at) => at.Year > 1 ? at : null;

    private static IEnumerable<InstanceAddress> Addresses(ContainerInspect found) => (found.NetworkSettings?.Networks ?? [])
        .Where(n => !string.IsNullOrEmpty(n.Value.IPAddress) || !string.IsNullOrEmpty(n.Value.GlobalIPv6Address))
        .OrderBy(n => n.Key, StringComparer.Ordinal)
        .Select(n => new InstanceAddress(n.Key, Text(n.Value.IPAddress), Text(n.Value.GlobalIPv6Address)));

    private static IEnumerable<PublishedPort> Ports(ContainerInspect found) => (found.NetworkSettings?.Ports ?? [])
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .SelectMany(p => (p.Value ?? []).Select(b => Port(p.Key.Split('/'), b)))
        .OfType<PublishedPort>();

    private static PublishedPort? Port(string[] key, PortBinding binding) =>
        key is [var port, var protocol] && Enum.TryParse<TransportProtocol>(protocol, ignoreCase: true, out var known)
            ? new(int.Parse(port, CultureInfo.InvariantCulture), int.Parse(binding.HostPort ?? "0", CultureInfo.InvariantCulture), Text(binding.HostIp), known)
            : null;

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
