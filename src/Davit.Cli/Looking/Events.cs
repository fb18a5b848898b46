using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit events</c></summary>
internal sealed class Events : Verb
{
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with new events." };
    private readonly Option<long> _after = new("--after") { Description = "Only events with a larger sequence number." };
    private readonly Option<string?> _subject = new("--about") { Description = "Only events about this id." };

    public Events() : base("events", "Read the org's events in order; every change is one, hash-chained.", "davit events --follow --after 120")
    {
        Add(_follow);
        Add(_after);
        Add(_subject);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var about = asked.Get(_subject) is { } subject ? $"&subject={Invocation.Part(subject)}" : "";
        await foreach (var item in asked.Api.StreamAsync($"{asked.OrgPath}/events?after={asked.Get(_after)}&follow={asked.Get(_follow)}{about}", WireJson.Default.EventView, ct))
        {
            if (asked.Terminal.IsJson)
                asked.Terminal.Item(item, WireJson.Default.EventView);
            else
                asked.Terminal.Answer($"{item.Seq,6}  {(asked.Terminal.IsStable ? "" : $"{item.At:yyyy-MM-dd HH:mm:ss.fff}  ")}{item.Type,-26} {item.Actor,-10} {string.Join(' ', item.Subjects)} {asked.Terminal.Dim(item.Payload.Count is 0 ? "" : item.Payload.ToJsonString())}");
        }

        return ExitCode.Done;
    }
}

/// <summary><c>davit event verify</c></summary>
internal sealed class EventVerify() : Verb("verify", "Recompute the hash chain of the org's events.", "davit event verify")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var verdict = await asked.Api.GetAsync($"{asked.OrgPath}/events/verdict", WireJson.Default.EventsVerdict, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(verdict, WireJson.Default.EventsVerdict);
        else
            asked.Terminal.Answer(verdict.FirstBroken is { } seq ? $"broken at event {seq}" : $"{verdict.Checked} events, chain intact");
        return verdict.FirstBroken is null ? ExitCode.Done : ExitCode.Problem;
    }
}
