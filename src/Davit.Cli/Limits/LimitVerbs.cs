using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Limits;

/// <summary><c>davit limit show</c></summary>
internal sealed class LimitShow : Verb
{
    public LimitShow() : base("show", "Show how many requests each token may send, and from which networks.", "davit limit show", "davit limit show --json") => Aliases.Add("list");

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var limits = await asked.Api.GetAsync($"{asked.OrgPath}/limits", WireJson.Default.OrgLimitsView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(limits, WireJson.Default.OrgLimitsView);
        else
            Show(asked.Terminal, limits);
        return ExitCode.Done;
    }

    internal static void Show(Terminal terminal, OrgLimitsView limits) => terminal.Table(["LIMIT", "VALUE"],
    [
        ["reads per minute", Rate(limits.ReadsPerMinute)], ["writes per minute", Rate(limits.WritesPerMinute)], ["networks", limits.Networks.Count is 0 ? "all" : string.Join(' ', limits.Networks)],
    ]);

    private static string Rate(long perMinute) => perMinute is 0 ? "unlimited" : perMinute.ToString(CultureInfo.InvariantCulture);
}

/// <summary><c>davit limit set</c></summary>
internal sealed class LimitSet : Verb
{
    private readonly Option<long?> _reads = new("--reads") { Description = "Reads per minute of each token; 0 is without limit." };
    private readonly Option<long?> _writes = new("--writes") { Description = "Writes per minute of each token; 0 is without limit." };
    private readonly Option<string[]> _networks = new("--network") { Description = "A network that requests may come from; give it once for each, they replace those of before.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _everywhere = new("--everywhere") { Description = "Let requests come from everywhere again." };
    private readonly Option<bool> _confirm = new("--confirm-lockout") { Description = "Set the networks although you are in none of them." };

    public LimitSet() : base("set", "Set how many requests each token may send, and from which networks; what is not named stays.", "davit limit set --reads 6000 --writes 600", "davit limit set --network 10.0.0.0/8 --network 2001:db8::/32")
    {
        Add(_reads);
        Add(_writes);
        Add(_networks);
        Add(_everywhere);
        Add(_confirm);
        Validators.Add(result =>
        {
            if (result.GetValue(_everywhere) && result.GetValue(_networks) is { Length: > 0 })
                result.AddError("--everywhere and --network exclude each other");
        });
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var now = await asked.Api.GetAsync($"{asked.OrgPath}/limits", WireJson.Default.OrgLimitsView, ct);
        var request = new OrgLimitsRequest(now.Version)
        {
            ReadsPerMinute = asked.Get(_reads),
            WritesPerMinute = asked.Get(_writes),
            Networks = asked.Get(_everywhere) ? [] : asked.Get(_networks) is { Length: > 0 } networks ? networks : null,
            ConfirmLockout = asked.Get(_confirm),
        };
        var set = await asked.Api.PutAsync($"{asked.OrgPath}/limits", request, (WireJson.Default.OrgLimitsRequest, WireJson.Default.ReceiptedOrgLimitsView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(set, WireJson.Default.ReceiptedOrgLimitsView);
        else
            LimitShow.Show(asked.Terminal, set.Value);
        return ExitCode.Done;
    }
}
