using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Limits;

/// <summary><c>davit quota show</c></summary>
internal sealed class QuotaShow : Verb
{
    public QuotaShow() : base("show", "Show what the org has and what it may have.", "davit quota show", "davit quota show --json") => Aliases.Add("list");

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var quotas = await asked.Api.GetAsync($"{asked.OrgPath}/quotas", WireJson.Default.QuotasView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(quotas, WireJson.Default.QuotasView);
        else
            Table(asked.Terminal, quotas);
        return ExitCode.Done;
    }

    internal static void Table(Terminal terminal, QuotasView quotas) => terminal.Table(["QUOTA", "USED", "LIMIT"], quotas.Items.Select(q => new[]
    {
        q.Dimension, Format(q, q.Used), q.Limit is { } limit ? Format(q, limit) : "unlimited",
    }));

    private static string Format(QuotaView quota, long value) => (Quota.Find(quota.Dimension) ?? new Quota(quota.Dimension, quota.Unit, 0)).Format(value);
}

/// <summary><c>davit quota set &lt;name=value&gt;…</c></summary>
internal sealed class QuotaSet : Verb
{
    private const string Unlimited = "unlimited";

    private readonly Argument<string[]> _limits = new("limits") { Description = "NAME=VALUE; cpu in cores, memory such as 64Gi, or 'unlimited'.", Arity = ArgumentArity.OneOrMore };

    public QuotaSet() : base("set", "As an operator, set what the org may have; a limit below what it has stops growth only.", "davit quota set apps=40 memory=64Gi", "davit quota set cpu=16 builds=unlimited --org acme") => Add(_limits);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var limits = asked.Get(_limits)!.Select(Read).ToDictionary(l => l.Name, l => l.Limit, StringComparer.Ordinal);
        var now = await asked.Api.GetAsync($"v1/server/orgs/{Invocation.Part(asked.Settings.Org.Value)}/quotas", WireJson.Default.QuotasView, ct);
        var set = await asked.Api.PutAsync($"{asked.OrgPath}/quotas", new QuotasRequest(limits, now.Version), (WireJson.Default.QuotasRequest, WireJson.Default.ReceiptedQuotasView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(set, WireJson.Default.ReceiptedQuotasView);
        else
            QuotaShow.Table(asked.Terminal, set.Value);
        return ExitCode.Done;
    }

    private static (string Name, long? Limit) Read(string text)
    {
        var cut = text.IndexOf('=', StringComparison.Ordinal);
        var (name, value) = cut < 0 ? (text, "") : (text[..cut], text[(cut + 1)..]);
        var quota = Quota.Find(name) ?? throw new UsageException(LimitProblems.NoDimension(name, Quota.All.Select(q => q.Name)));
        return value is Unlimited ? (name, null) : (name, quota.Parse(value) ?? throw new UsageException(CliProblems.Bad($"'{text}'", "is not NAME=VALUE", "Write it like apps=40, cpu=1.5, memory=64Gi or builds=unlimited")));
    }
}
