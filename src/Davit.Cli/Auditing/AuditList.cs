using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Auditing;

/// <summary><c>davit audit list</c></summary>
internal sealed class AuditList : Verb
{
    private const int Usual = 50;

    private readonly Option<string?>[] _filters =
    [
        new("--actor") { Description = "Only what this person or token did." },
        new("--type") { Description = "Only this kind of event, such as app.created or 'app.*'." },
        new("--resource") { Description = "Only what is about this id." },
        new("--decision") { Description = "Only what was allowed, or only what was denied." },
        new("--address") { Description = "Only what came from this address, or from a network such as 10.0.0.0/8." },
        new("--since") { Description = "Only from this instant on, such as 2026-01-31 or 2026-01-31T12:00:00Z." },
        new("--until") { Description = "Only before this instant." },
    ];

    private readonly Option<int> _limit = new("--limit") { Description = "How many at most, the newest first.", DefaultValueFactory = _ => Usual };

    public AuditList() : base("list", "List what was done and what was refused, the newest first.", "davit audit list --actor owner", "davit audit list --decision denied --since 2026-01-31 --json")
    {
        foreach (var filter in _filters)
            Add(filter);
        Add(_limit);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var query = string.Concat(_filters.Where(f => asked.Get(f) is not null).Select(f => $"&{f.Name[2..]}={Invocation.Part(asked.Get(f)!)}"));
        var items = new List<EventView>();
        await foreach (var item in asked.Api.ListAsync($"{asked.OrgPath}/audit?{query.TrimStart('&')}", WireJson.Default.PageEventView, ct))
        {
            items.Add(item);
            if (items.Count >= asked.Get(_limit))
                break;
        }

        if (asked.Terminal.IsJson)
            asked.Terminal.Document(new Page<EventView>(items, null), WireJson.Default.PageEventView);
        else
            asked.Terminal.Table(["SEQ", "AT", "DECISION", "TYPE", "ACTOR", "ADDRESS", "RESOURCE"], items.Select(i => Row(i, asked.Terminal.IsStable)));
        return ExitCode.Done;
    }

    private static string[] Row(EventView item, bool isStable) =>
    [
        item.Seq.ToString(CultureInfo.InvariantCulture), isStable ? "" : item.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), item.Decision, item.Type, item.Actor,
        item.Address is "" ? "-" : item.Address, item.Subjects.Count is 0 ? "-" : item.Subjects[0],
    ];
}
