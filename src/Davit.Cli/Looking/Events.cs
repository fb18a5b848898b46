using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit event list</c> and <c>tail</c>, and <c>davit events</c> for short.</summary>
internal sealed class Events : Verb
{
    private readonly Option<bool> _follow;
    private readonly Option<long> _after = new("--after") { Description = "Only events with a larger sequence number." };
    private readonly Option<string?> _subject = new("--about") { Description = "Only events about this id." };

    public Events(string name, string line, bool follows) : base(
        name, $"Read the org's events in order{(follows ? " and go on with new ones" : "")}; every change is one, hash-chained.", $"davit {line} --after 120", $"davit {line} --about dep_0190a0 --json")
    {
        _follow = new("--follow", "-f") { Description = "Go on with new events.", DefaultValueFactory = _ => follows };
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
internal sealed class EventVerify() : Verb("verify", "Recompute the hash chain of the org's events.", "davit event verify", "davit event verify --json")
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

/// <summary><c>davit event get &lt;number&gt;</c></summary>
internal sealed class EventGet : Verb
{
    private readonly Argument<long> _number = new("number") { Description = "The event's number in the org." };

    public EventGet() : base("get", "Show one event with its payload and its hashes.", "davit event get 120", "davit event get 120 --org default")
    {
        Aliases.Add("describe");
        Add(_number);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var number = asked.Get(_number);
        await foreach (var item in asked.Api.StreamAsync($"{asked.OrgPath}/events?after={number - 1}", WireJson.Default.EventView, ct))
        {
            if (item.Seq != number)
                break;
            asked.Terminal.Document(item, WireJson.Default.EventView);
            return ExitCode.Done;
        }

        throw new ProblemException(CliProblems.UnknownName("event", $"{number}", [], "davit event list"));
    }
}
