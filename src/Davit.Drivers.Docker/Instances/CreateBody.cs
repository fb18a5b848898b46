using System.Globalization;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Hooks;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Instances;

/// <summary>The spec in the engine's words. Pure: what is sent can be read by a test without an engine.</summary>
internal static class CreateBody
{
    public static readonly ApiVersion MacPerNetwork = new(1, 44);

    public static ContainerCreate Of(InstanceSpec spec, CreateContext context)
    {
        var process = spec.Process;
        var connectivity = spec.Connectivity;
        var (entrypoint, command) = context.Prepared?.Main(process) ?? (process.Entrypoint?.Items, process.Command?.Items);
        return new()
        {
            Image = context.Prepared?.Tag ?? spec.Image,
            Hostname = connectivity.Hostname,
            Domainname = connectivity.DomainName,
            User = process.User,
            Tty = process.Tty ? true : null,
            OpenStdin = process.StdinOpen ? true : null,
            Env = Lists.OrNull([.. process.Environment.Entries.Select(e => $"{e.Key}={e.Value}"), .. process.SecretEnvironment.Items.Select(e => Revealed(spec, e))]),
            Cmd = command,
            Entrypoint = entrypoint,
            WorkingDir = process.WorkingDirectory,
            ExposedPorts = Exposed(connectivity),
            StopSignal = process.StopSignal,
            StopTimeout = process.StopGrace is { } grace ? Seconds(grace) : null,
            MacAddress = context.Api < MacPerNetwork ? MacOf(connectivity) : null,
            Healthcheck = spec.Health is { } health ? Health(health, context.Api) : null,
            Labels = Labels(spec, context),
            HostConfig = HostBody.Of(spec, context),
            NetworkingConfig = Networking(connectivity, context),
        };
    }

    /// <summary>Whole seconds, never less than asked.</summary>
    public static int Seconds(TimeSpan span) => (int)Math.Min(Math.Ceiling(span.TotalSeconds), int.MaxValue);

    public static EndpointSettings Endpoint(NetworkAttachment attachment, string? mac = null) => new()
    {
        Aliases = Lists.OrNull(attachment.Aliases),
        IPAMConfig = attachment.Ipv4 is null && attachment.Ipv6 is null && attachment.LinkLocalAddresses.IsEmpty
            ? null
            : new() { IPv4Address = attachment.Ipv4, IPv6Address = attachment.Ipv6, LinkLocalIPs = Lists.OrNull(attachment.LinkLocalAddresses) },
        DriverOpts = Lists.OrNull(attachment.DriverOptions),
        MacAddress = mac,
    };

    private static string Revealed(InstanceSpec spec, SecretVariable variable) => variable.Value is { } value
        ? $"{variable.Name}={value}"
        : throw new ProblemException(DriverProblems.SecretFailed(spec.Name, variable.Name, "its value was not given"));

    private static SortedDictionary<string, string> Labels(InstanceSpec spec, CreateContext context)
    {
        var labels = spec.Labels.With(spec.Owner.ToLabels()).With(OwnershipLabels.SpecHash, spec.SpecHash);
        labels = spec.Hooks is { } hooks ? labels.With(HookLabel.Key, HookLabel.Write(hooks)) : labels;
        return Lists.OrNull(context.Prepared is null ? labels : labels.With(PreparedImage.Label, spec.Image))!;
    }

    private static SortedDictionary<string, EmptyObject>? Exposed(ConnectivitySpec connectivity)
    {
        var ports = connectivity.Expose.Items.Select(e => e.Contains('/', StringComparison.Ordinal) ? e : $"{e}/tcp")
            .Concat(connectivity.Ports.Items.Select(PortKey))
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(p => p, _ => new EmptyObject(), StringComparer.Ordinal);
        return ports.Count is 0 ? null : new(ports, StringComparer.Ordinal);
    }

    internal static string PortKey(PublishedPort port) => string.Create(CultureInfo.InvariantCulture, $"{port.ContainerPort}/{port.Protocol.ToString().ToLowerInvariant()}");

    private static HealthConfig Health(HealthCheckSpec check, ApiVersion api) => new()
    {
        Test = check.Test.Items,
        Interval = check.Interval?.Ticks * 100,
        Timeout = check.Timeout?.Ticks * 100,
        StartPeriod = check.StartPeriod?.Ticks * 100,
        StartInterval = api >= new ApiVersion(1, 44) ? check.StartInterval?.Ticks * 100 : null,
        Retries = check.Retries,
    };

    /// <summary>Engines before API 1.44 accept one network here; the others are connected before the start.</summary>
    private static NetworkingConfig? Networking(ConnectivitySpec connectivity, CreateContext context) =>
        connectivity.Mode is not null || connectivity.Networks.IsEmpty
            ? null
            : new(new(StringComparer.Ordinal)
            {
                [connectivity.Networks[0].Network] = Endpoint(context.First ?? connectivity.Networks[0], context.Api >= MacPerNetwork ? MacOf(connectivity) : null),
            });

    /// <summary>The instance's own address is that of its first network.</summary>
    private static string? MacOf(ConnectivitySpec connectivity) => connectivity.Networks.IsEmpty ? connectivity.MacAddress : connectivity.Networks[0].MacAddress ?? connectivity.MacAddress;
}

/// <summary>What the body depends on besides the spec.</summary>
/// <param name="Api">The version spoken.</param>
/// <param name="Delivered">Files that are mounted from the host.</param>
/// <param name="Log">Used when the spec has no log driver of its own.</param>
internal sealed record CreateContext(ApiVersion Api, IReadOnlyList<DeliveredFile> Delivered, LogSetting Log)
{
    public PreparedImage? Prepared { get; init; }

    /// <summary>The spec's first network with the address that was chosen; null is as the spec says.</summary>
    public NetworkAttachment? First { get; init; }
}

/// <summary>A file on the host that appears in the instance.</summary>
internal sealed record DeliveredFile(string Source, string Target);
