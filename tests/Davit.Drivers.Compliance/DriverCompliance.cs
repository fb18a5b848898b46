using System.Text;
using Davit.Drivers.Exec;
using Davit.Drivers.Instances;
using Davit.Drivers.Logs;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Compliance;

/// <summary>What every driver promises, in several classes so that they run beside each other. One subclass per driver and class.</summary>
public abstract class DriverCompliance : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected DriverBed Bed { get; private set; } = null!;

    protected IRuntimeDriver Driver { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Bed = await MakeBedAsync();
        Driver = Bed.Open();
    }

    public async ValueTask DisposeAsync()
    {
        if (Bed is not null)
            await Bed.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<DriverBed> MakeBedAsync();

    protected void Needs(DriverCapabilities capability) =>
        Assert.SkipUnless(Driver.Capabilities.HasFlag(capability), $"driver {Driver.Id} has no {capability}");

    protected async Task<InstanceSight> RunAsync(InstanceSpec spec)
    {
        await Driver.CreateInstanceAsync(spec, Ct);
        return await Driver.StartInstanceAsync(spec.Name, Ct);
    }

    protected async Task<InstanceSight> LookAsync(string name) =>
        (await Driver.ObserveAsync(Bed.All, Ct)).Instances.Single(i => i.Name == name);

    /// <summary>Polls until the claim holds; the last value is in the failure.</summary>
    protected static async Task<T> EventuallyAsync<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await look();
            if (holds(value))
                return value;
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(Patience, $"still {value}");
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, Ct);
        }
    }

    protected async Task<List<LogLine>> LogsAsync(string name, LogQuery? query = null)
    {
        var lines = new List<LogLine>();
        await foreach (var line in Driver.LogsAsync(name, query ?? new(), Ct))
            lines.Add(line);
        return lines;
    }

    /// <summary>Runs a one-off to its end and gives what it wrote to stdout, byte for byte apart from a last line end.</summary>
    protected async Task<(int Code, byte[] Output, string Errors)> OneOffAsync(InstanceSpec spec)
    {
        using var output = new MemoryStream();
        var errors = new StringBuilder();
        var isFirst = true;
        var outcome = await Driver.RunToEndAsync(
            spec,
            (line, _) =>
            {
                if (line.Channel is OutputChannel.Stderr)
                {
                    errors.AppendLine(line.Text);
                    return ValueTask.CompletedTask;
                }

                if (!isFirst)
                    output.WriteByte((byte)'\n');
                output.Write(line.Bytes.Span);
                isFirst = line.IsPartial;
                return ValueTask.CompletedTask;
            },
            Ct);
        return (outcome.ExitCode, output.ToArray(), errors.ToString());
    }

    protected async Task<string> OutputOfAsync(InstanceSpec spec)
    {
        var (code, output, errors) = await OneOffAsync(spec);
        code.ShouldBe(0, errors);
        return Encoding.UTF8.GetString(output);
    }

    protected async Task<(int Code, string Output, string Errors)> ExecAsync(string name, params string[] command)
    {
        await using var session = await Driver.ExecAsync(name, new ExecSpec([.. command]), Ct);
        var (output, errors) = (new MemoryStream(), new MemoryStream());
        var buffer = new byte[32 * 1024];
        for (var read = await session.ReadAsync(buffer, Ct); read.Count > 0; read = await session.ReadAsync(buffer, Ct))
            await (read.Channel is OutputChannel.Stdout ? output : errors).WriteAsync(buffer.AsMemory(0, read.Count), Ct);
        return (await session.WaitAsync(Ct), Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
    }

    protected static async Task<Problem> ProblemOfAsync(Func<Task> call) => (await Should.ThrowAsync<ProblemException>(call)).Problem;

    protected async Task<NetworkSpec> NetworkAsync(bool isInternal = false, bool hasIpv6 = false)
    {
        var spec = new NetworkSpec(Bed.Name("net"), Bed.Owner with { Service = null }) { Internal = isInternal, Ipv6 = hasIpv6 };
        await Driver.EnsureNetworkAsync(spec, Ct);
        return spec;
    }

    protected static InstanceSpec On(InstanceSpec spec, NetworkSpec network, params string[] aliases) =>
        spec with { Connectivity = spec.Connectivity with { Networks = [.. spec.Connectivity.Networks, new(network.Name, [.. aliases])] } };
}
