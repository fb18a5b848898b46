using System.CommandLine;
using System.Globalization;
using Davit.Cli.People;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Resources;

/// <summary><c>davit org set</c></summary>
internal sealed class OrgSet : Verb
{
    private readonly Option<string> _factor = new("--second-factor") { Description = "required, or optional.", Required = true };
    private readonly Option<int?> _grace = new("--grace-days") { Description = "How many days people have for setting one up; 7 when left away, 0 for none." };

    public OrgSet() : base("set", "Say whether everybody in the org needs a second factor.", "davit org set --second-factor required", "davit org set --second-factor required --grace-days 0 --org shop", "davit org set --second-factor optional")
    {
        _factor.AcceptOnlyFromAmong("required", "optional");
        Add(_factor);
        Add(_grace);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var now = await asked.Api.GetAsync(asked.OrgPath, WireJson.Default.OrgView, ct);
        var request = new SecondFactorRequest(asked.Get(_factor) is "required", now.Version, asked.Get(_grace) ?? 7);
        var set = await asked.Api.PutAsync($"{asked.OrgPath}/second-factor", request, (WireJson.Default.SecondFactorRequest, WireJson.Default.ReceiptedOrgView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(set, WireJson.Default.ReceiptedOrgView);
        else
            asked.Terminal.Say(set.Value.SecondFactorFrom is { } from ? $"everybody in {set.Value.Name} needs a second factor from {from.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} on" : $"nobody in {set.Value.Name} needs a second factor");
        return ExitCode.Done;
    }
}

/// <summary><c>davit org delete</c></summary>
internal sealed class OrgDelete : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "Its name." };
    private readonly Option<bool> _environments = new("--with-environments") { Description = "Delete its environments too, with their volumes; without it an org that has any stays." };
    private readonly Option<string?> _confirm = NameConfirmation.Option("The name once more; asked for on a terminal.");

    public OrgDelete() : base("delete", "Delete an org. It can be brought back for 14 days, without its environments; its log is kept.", "davit org delete shop --yes shop", "davit org delete shop --with-environments")
    {
        Add(_name);
        Add(_environments);
        Add(_confirm);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"v1/orgs/{Invocation.Part(asked.Get(_name)!)}";
        var found = await asked.Api.GetAsync(path, WireJson.Default.OrgView, ct);
        var confirm = NameConfirmation.Of(asked, _confirm, found.Name, asked.Get(_environments) ? "All its environments go, and do not come back." : "Nobody reaches it any more.");
        var query = $"expectedVersion={found.Version}&confirm={Invocation.Part(confirm)}&withEnvironments={(asked.Get(_environments) ? "true" : "false")}";
        return Answers.Show(asked, await asked.Api.DeleteAsync($"{path}?{query}", WireJson.Default.JsonObject, ct), $"{found.Name} is deleted; operators can bring it back for 14 days: davit org restore {found.Name}");
    }
}

/// <summary><c>davit org restore</c></summary>
internal sealed class OrgRestore : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "Its name or id." };

    public OrgRestore() : base("restore", "As an operator, bring an org back that was deleted within the last 14 days.", "davit org restore shop", "davit org restore shop --json") => Add(_name);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        Answers.Show(asked, await asked.Api.PostAsync($"v1/orgs/{Invocation.Part(asked.Get(_name)!)}/restoration", WireJson.Default.JsonObject, ct), $"{asked.Get(_name)} is back");
}

/// <summary><c>davit org suspend</c></summary>
internal sealed class OrgSuspend : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "Its name or id." };
    private readonly Option<string?> _reason = new("--reason") { Description = "What whoever is refused is told." };

    public OrgSuspend() : base("suspend", "As an operator, keep an org from changing anything; what runs goes on.", "davit org suspend shop --reason 'unpaid since May'", "davit org suspend shop")
    {
        Add(_name);
        Add(_reason);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        Answers.Show(asked, await OrgResume.SendAsync(asked, asked.Get(_name)!, new SuspensionRequest(true, asked.Get(_reason) ?? ""), ct), $"{asked.Get(_name)} is suspended");
}

/// <summary><c>davit org resume</c></summary>
internal sealed class OrgResume : Verb
{
    private readonly Argument<string> _name = new("name") { Description = "Its name or id." };

    public OrgResume() : base("resume", "As an operator, let an org go on that was suspended.", "davit org resume shop", "davit org resume shop --json") => Add(_name);

    public static Task<System.Text.Json.Nodes.JsonObject> SendAsync(Invocation asked, string name, SuspensionRequest request, CancellationToken ct) =>
        asked.Api.PutAsync($"v1/orgs/{Invocation.Part(name)}/suspension", request, (WireJson.Default.SuspensionRequest, WireJson.Default.JsonObject), ct);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        Answers.Show(asked, await SendAsync(asked, asked.Get(_name)!, new SuspensionRequest(false), ct), $"{asked.Get(_name)} goes on");
}
