using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit pause</c></summary>
internal sealed class Pause : Verb
{
    private readonly Option<string?> _hold = new("--hold") { Description = "How long a request waits before it is answered 503, such as 30s (the default)." };
    private readonly Option<string[]> _allow = TrafficOptions.Allow();

    public Pause(string line) : base("pause", "Hold new requests back until they are resumed; what runs goes on.", $"davit {line}", $"davit {line} --hold 1m --env staging")
    {
        Add(_hold);
        Add(_allow);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var hold = Durations.Of("--hold", asked.Get(_hold))?.TotalSeconds;
        return await TrafficOptions.SetAsync(asked, new TrafficRequest("paused") { HoldSeconds = hold, Allow = asked.Get(_allow) ?? [] }, "paused; let requests go on with: davit resume", ct);
    }
}

/// <summary><c>davit resume</c></summary>
internal sealed class Resume(string line) : Verb("resume", "Serve again; requests that were held back go on in the order in which they came.", $"davit {line}", $"davit {line} --env staging")
{
    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) => TrafficOptions.SetAsync(asked, new TrafficRequest("serving"), "serving", ct);
}

/// <summary><c>davit maintenance on</c></summary>
internal sealed class MaintenanceOn : Verb
{
    private readonly Option<string?> _message = new("--message") { Description = "What people are told." };
    private readonly Option<string[]> _allow = TrafficOptions.Allow();

    public MaintenanceOn(string line) : base("on", "Answer every request 503 with a page; nothing of the app is stopped.", $"davit {line} --message Upgrading", $"davit {line} --allow 203.0.113.7 --allow 10.0.0.0/8")
    {
        Add(_message);
        Add(_allow);
    }

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) => TrafficOptions.SetAsync(
        asked, new TrafficRequest("maintenance") { Message = asked.Get(_message) ?? "", Allow = asked.Get(_allow) ?? [] }, "in maintenance; serve again with: davit maintenance off", ct);
}

/// <summary><c>davit maintenance off</c></summary>
internal sealed class MaintenanceOff(string line) : Verb("off", "Serve again after a maintenance.", $"davit {line}", $"davit {line} --env staging")
{
    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) => TrafficOptions.SetAsync(asked, new TrafficRequest("serving"), "serving", ct);
}

internal static class TrafficOptions
{
    public static Option<string[]> Allow() => new("--allow") { Description = "An address or network that is answered all the same; may be repeated.", Arity = ArgumentArity.OneOrMore };

    public static Command Maintenance(string line) => new("maintenance", "Turn requests away with a message, and serve them again.") { new MaintenanceOn($"{line} on"), new MaintenanceOff($"{line} off") };

    public static async Task<ExitCode> SetAsync(Invocation asked, TrafficRequest wanted, string said, CancellationToken ct)
    {
        await asked.AnnounceAsync(ct);
        var env = await asked.EnvPathAsync(ct);
        var done = await asked.Api.PutAsync($"{env}/traffic", wanted, (WireJson.Default.TrafficRequest, WireJson.Default.ReceiptedTrafficView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(done, WireJson.Default.ReceiptedTrafficView);
        else
            asked.Terminal.Say(said);
        return ExitCode.Done;
    }
}
