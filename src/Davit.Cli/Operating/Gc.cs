using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit gc</c>: what can go, and with <c>--apply</c> its going.</summary>
internal sealed class Gc : Verb
{
    private readonly Option<bool> _explain = new("--explain") { Description = "Only say what would go and why; what happens without a flag." };
    private readonly Option<bool> _apply = new("--apply") { Description = "Let it go." };
    private readonly Option<bool> _kept = new("--kept") { Description = "Also list what stays, and by which rule." };

    public Gc() : base(
        "gc", "List what Davit no longer needs, why, and how much room it takes; --apply lets it go. Only what Davit made or fetched itself is ever touched.", "davit gc", "davit gc --apply --json")
    {
        Add(_explain);
        Add(_apply);
        Add(_kept);
        Validators.Add(result =>
        {
            if (result.GetValue(_explain) && result.GetValue(_apply))
                result.AddError("--explain and --apply exclude each other");
        });
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        if (asked.Get(_apply))
            await ApplyAsync(asked, ct);
        else
            Show(asked, await asked.Api.GetAsync("v1/garbage", WireJson.Default.GarbageView, ct));
        return ExitCode.Done;
    }

    private static async Task ApplyAsync(Invocation asked, CancellationToken ct)
    {
        var done = await asked.Api.PostAsync("v1/garbage/collections", WireJson.Default.ReceiptedGarbageView, ct);
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(done, WireJson.Default.ReceiptedGarbageView);
            return;
        }

        Table(asked.Terminal, done.Value.Going, "WHY IT WENT");
        if (done.Value.Kept.Count > 0)
            Table(asked.Terminal, done.Value.Kept, "WHY IT STAYED AFTER ALL");
        asked.Terminal.Say($"removed {Total(done.Value.Going)}");
    }

    private void Show(Invocation asked, GarbageView plan)
    {
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(plan, WireJson.Default.GarbageView);
            return;
        }

        if (plan.Going.Count > 0)
            Table(asked.Terminal, plan.Going, "WHY IT GOES");
        if (asked.Get(_kept))
            Table(asked.Terminal, plan.Kept, "WHY IT STAYS");
        asked.Terminal.Say(plan.Going.Count is 0 ? "nothing to collect" : $"{Total(plan.Going)} would go: davit gc --apply");
    }

    private static void Table(Terminal terminal, IReadOnlyList<ThingAtRestView> things, string why) =>
        terminal.Table(["KIND", "NAME", "BYTES", why], things.Select(t => new[] { t.Kind, t.Name, t.Bytes.ToString(CultureInfo.InvariantCulture), t.Why }));

    private static string Total(IReadOnlyList<ThingAtRestView> things) =>
        string.Create(CultureInfo.InvariantCulture, $"{things.Count} thing(s), at most {things.Sum(t => t.Bytes) / 1048576.0:0.0} MiB");
}
