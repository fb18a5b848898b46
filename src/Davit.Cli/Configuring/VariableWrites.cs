using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Looking;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Configuring;

/// <summary><c>davit variable set</c></summary>
internal sealed class VariableSet : Verb
{
    private readonly Argument<string[]> _pairs = new("name=value") { Description = "What to set. The value is taken as it is; with --from-file there is only a name.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _file = new("--from-file") { Description = "Read the one value from a file." };
    private readonly Option<bool> _template = new("--template") { Description = "References such as ${services.api.url} are resolved for each deployment; write a '$' as '$$'." };
    private readonly Option<bool> _locked = new("--locked") { Description = "No nearer layer may say anything else." };
    private readonly Option<string?> _service = Variables.Service();
    private readonly PlaceOptions _place = new();
    private readonly ConfigDeploy _deploy = new();

    public VariableSet() : base("set", "Set variables at one place. The next deployment brings them, or --deploy.",
        "davit variable set LOG_LEVEL=debug --env staging", "davit variable set 'API=${services.api.url}' --template --place app", "davit variable set BANNER --from-file banner.txt --deploy")
    {
        Add(_pairs);
        foreach (var option in (Option[])[_file, _template, _locked, _service])
            Add(option);
        _place.AddTo(this);
        _deploy.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _deploy.Check(asked, _place);
        await _place.AnnounceAsync(asked, ct);
        var place = await _place.PathAsync(asked, ct);
        var pairs = await PairsAsync(asked, ct);
        foreach (var (name, value) in pairs)
        {
            var request = new VariableRequest(value) { Template = asked.Get(_template), Locked = asked.Get(_locked) };
            var set = await asked.Api.PutAsync($"{place}/variables/{Invocation.Part(name)}{Variables.Query(asked.Get(_service))}", request, (WireJson.Default.VariableRequest, WireJson.Default.ReceiptedVariableView), ct);
            if (!asked.Terminal.IsJson)
                asked.Terminal.Say($"{name} is at version {set.Value.Version}");
            else if (!_deploy.Follows(asked) && pairs.Count is 1)
                asked.Terminal.Document(set, WireJson.Default.ReceiptedVariableView);
            else if (!_deploy.Follows(asked))
                asked.Terminal.Item(set, WireJson.Default.ReceiptedVariableView);
        }

        return await _deploy.RunAsync(asked, $"variables {string.Join(", ", pairs.Select(p => p.Name))}", ct);
    }

    private async Task<List<(string Name, string Value)>> PairsAsync(Invocation asked, CancellationToken ct)
    {
        var words = asked.Get(_pairs)!;
        if (asked.Get(_file) is { } file)
            return words is [var name] && !name.Contains('=', StringComparison.Ordinal)
                ? [(name, await File.ReadAllTextAsync(file, ct))]
                : throw new UsageException(CliProblems.Bad("--from-file", "is for one name without a value", "Write it as: davit variable set NAME --from-file FILE"));
        return [.. words.Select(w => w.Split('=', 2) is [{ Length: > 0 } name, var value] ? (name, value) : throw new UsageException(CliProblems.Bad($"'{w}'", "is not of the form NAME=VALUE", "Write it as: davit variable set LOG_LEVEL=debug")))];
    }
}

/// <summary><c>davit variable unset</c></summary>
internal sealed class VariableUnset : Verb
{
    private readonly Argument<string> _variable = new("variable") { Description = "Its name." };
    private readonly Option<bool> _here = new("--below") { Description = "Say here that it has no value, whatever lower layers say; otherwise only what is set here is taken away." };
    private readonly Option<string?> _service = Variables.Service();
    private readonly PlaceOptions _place = new();

    public VariableUnset() : base("unset", "Take a variable away from one place, or say there that it has no value.", "davit variable unset DEBUG --env staging", "davit variable unset DEBUG --env production --below")
    {
        Add(_variable);
        Add(_here);
        Add(_service);
        _place.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        await _place.AnnounceAsync(asked, ct);
        var path = $"{await _place.PathAsync(asked, ct)}/variables/{Invocation.Part(asked.Get(_variable)!)}{Variables.Query(asked.Get(_service))}";
        var done = asked.Get(_here)
            ? await asked.Api.PutAsync(path, new VariableRequest { Unset = true }, (WireJson.Default.VariableRequest, WireJson.Default.ReceiptedVariableView), ct)
            : await asked.Api.DeleteAsync(path, WireJson.Default.ReceiptedVariableView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(done, WireJson.Default.ReceiptedVariableView);
        else
            asked.Terminal.Say($"{done.Value.Name} {(asked.Get(_here) ? "has no value here, whatever lies below" : "is not set here any more")}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit variable define</c></summary>
internal sealed class VariableDefine : Verb
{
    private readonly Argument<string> _variable = new("variable") { Description = "Its name." };
    private readonly Option<string> _type = new("--type") { Description = "string, integer, number, boolean, enum, url, email, regex, duration, size or json.", DefaultValueFactory = _ => "string" };
    private readonly Option<bool> _required = new("--required") { Description = "No deployment without a value." };
    private readonly Option<string?> _default = new("--default") { Description = "The value when no layer says one." };
    private readonly Option<string?> _pattern = new("--pattern") { Description = "A regular expression that the whole value must match." };
    private readonly Option<string[]> _values = new("--value") { Description = "Of an enum: one of the values; repeat it." };
    private readonly Option<decimal?> _min = new("--min") { Description = "Of numbers the least value, of texts the fewest characters." };
    private readonly Option<decimal?> _max = new("--max") { Description = "The most." };
    private readonly Option<string?> _description = new("--description") { Description = "For people; told when it is missing." };
    private readonly Option<bool> _remove = new("--remove") { Description = "Take the definition away." };

    public VariableDefine() : base("define", "Say what a variable of the app must be; deployments that do not fit are refused before anything starts.",
        "davit variable define PORT --type integer --min 1 --max 65535 --default 8080", "davit variable define REGION --type enum --value eu --value us --required")
    {
        Add(_variable);
        foreach (var option in (Option[])[_type, _required, _default, _pattern, _values, _min, _max, _description, _remove])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var path = $"{asked.AppPath}/variable-definitions/{Invocation.Part(asked.Get(_variable)!)}";
        var request = new DefinitionRequest(asked.Get(_type)!)
        {
            Required = asked.Get(_required), Default = asked.Get(_default), Pattern = asked.Get(_pattern), Values = asked.Get(_values) ?? [], Min = asked.Get(_min), Max = asked.Get(_max), Description = asked.Get(_description) ?? "",
        };
        var done = asked.Get(_remove)
            ? await asked.Api.DeleteAsync(path, WireJson.Default.ReceiptedDefinitionView, ct)
            : await asked.Api.PutAsync(path, request, (WireJson.Default.DefinitionRequest, WireJson.Default.ReceiptedDefinitionView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(done, WireJson.Default.ReceiptedDefinitionView);
        else
            asked.Terminal.Say(asked.Get(_remove) ? $"{done.Value.Name} may be anything" : $"{done.Value.Name} is {done.Value.Type}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit variable definitions</c></summary>
internal sealed class VariableDefinitions() : ListVerb<DefinitionView>("definitions", "List what the variables of the app must be.", "davit variable definitions --app shop", "davit variable definitions --json")
{
    protected override string[] Head => ["NAME", "TYPE", "REQUIRED", "DEFAULT", "DESCRIPTION"];

    protected override JsonTypeInfo<Page<DefinitionView>> Form => WireJson.Default.PageDefinitionView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult($"{asked.AppPath}/variable-definitions");

    protected override string[] Row(DefinitionView item, Terminal terminal) => [item.Name, item.Type is "enum" ? string.Join("|", item.Values) : item.Type, item.Required ? "yes" : "", item.Default ?? "", item.Description];
}
