using System.CommandLine;
using Davit.Cli.Resources;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Configuring;

/// <summary><c>davit env inherit</c></summary>
internal sealed class EnvInherit : Verb
{
    private readonly Argument<string> _environment = new("environment") { Description = "The environment that takes values." };
    private readonly Option<string?> _from = new("--from") { Description = "The environment it takes them from." };
    private readonly Option<bool> _none = new("--none") { Description = "Take them from none." };
    private readonly Option<bool> _gives = new("--hand-down") { Description = "Let those that take values from this environment have its secrets, too." };

    public EnvInherit() : base("inherit", "Let an environment take variables from another one, wherever it says none itself.", "davit env inherit staging --from production", "davit env inherit production --none --hand-down")
    {
        Add(_environment);
        foreach (var option in (Option[])[_from, _none, _gives])
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_from) is null != result.GetValue(_none))
                result.AddError("Give either --from or --none.");
        });
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var set = await asked.Api.PutAsync($"{asked.AppPath}/envs/{Invocation.Part(asked.Get(_environment)!)}/inheritance", new InheritanceRequest(asked.Get(_from), asked.Get(_gives)), (WireJson.Default.InheritanceRequest, WireJson.Default.ReceiptedInheritanceView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(set, WireJson.Default.ReceiptedInheritanceView);
        else
            asked.Terminal.Say(set.Value.From.Count is 0 ? $"{set.Value.Env} takes values from no other" : $"{set.Value.Env} ← {string.Join(" ← ", set.Value.From)}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit env list</c>; with <c>--origin</c> the values of one environment and where each comes from.</summary>
internal sealed class EnvList : ResourceList<EnvView>
{
    private readonly Option<bool> _origin = new("--origin") { Description = "Instead, list what the environment's services get and where each value comes from." };

    public EnvList(ResourceKind<EnvView> kind) : base(kind) => Add(_origin);

    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct) =>
        asked.Get(_origin) ? VariableList.EffectiveAsync(asked, null, withOrigin: true, ct) : base.RunAsync(asked, ct);
}
