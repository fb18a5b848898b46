using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Configuring;

/// <summary><c>davit variable …</c></summary>
internal static class Variables
{
    public static Command Make() => new Noun("variable", "Set variables in layers, and ask where values come from.")
    {
        new VariableSet(), new VariableUnset(), new VariableList(), new VariableExplain(), new VariableDefine(), new VariableDefinitions(),
    };

    public static Option<string?> Service() => new("--service") { Description = "Of an environment: only this service." };

    public static string Query(string? service) => service is null ? "" : $"?service={Invocation.Part(service)}";
}

/// <summary><c>davit variable list</c></summary>
internal class VariableList : Verb
{
    private readonly PlaceOptions _place = new();
    private readonly Option<bool> _effective = new("--effective") { Description = "What an environment's services get, after all layers have spoken." };
    private readonly Option<bool> _origin = new("--origin") { Description = "Of every value, the layer that says it and who said so; includes --effective." };
    private readonly Option<string?> _service = Variables.Service();

    public VariableList() : base("list", "List variables as they are set at one place, or as services get them.", "davit variable list --env staging", "davit variable list --env staging --effective --origin", "davit variable list --place org --json")
    {
        _place.AddTo(this);
        foreach (var option in (Option[])[_effective, _origin, _service])
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        if (asked.Get(_effective) || asked.Get(_origin))
            return await EffectiveAsync(asked, asked.Get(_service), asked.Get(_origin), ct);

        var variables = new List<VariableView>();
        await foreach (var variable in asked.Api.ListAsync($"{await _place.PathAsync(asked, ct)}/variables", WireJson.Default.PageVariableView, ct))
            variables.Add(variable);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(new Page<VariableView>(variables, null), WireJson.Default.PageVariableView);
        else
            asked.Terminal.Table(["NAME", "SERVICE", "VALUE", "BY", "VERSION"], variables.Select(v => (string[])[v.Name, v.Service, v.Form is "unset" ? "(unset)" : OneLine(v.Value) + (v.Locked ? " (locked)" : ""), v.Author, $"{v.Version}"]));
        return ExitCode.Done;
    }

    public static async Task<ExitCode> EffectiveAsync(Invocation asked, string? service, bool withOrigin, CancellationToken ct)
    {
        var found = await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/configuration{Variables.Query(service)}", WireJson.Default.ConfigurationView, ct);
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(found, WireJson.Default.ConfigurationView);
            return ExitCode.Done;
        }

        asked.Terminal.Table(withOrigin ? ["NAME", "VALUE", "FROM", "BY"] : ["NAME", "VALUE"],
            found.Items.Where(i => withOrigin || i.Kind is not "unset").Select(i => withOrigin ? (string[])[i.Name, Text(i), i.Origin + (i.Locked ? " (locked)" : ""), i.Author] : [i.Name, Text(i)]));
        foreach (var fault in found.Faults)
            asked.Terminal.Say($"{asked.Terminal.Bad("fault")} {fault.Message}");
        return ExitCode.Done;
    }

    public static string Text(EffectiveView item) => item.Kind is "unset" ? "(unset)" : item.Kind is "secret" && item.Value is "" ? "***" : OneLine(item.Value);

    public static string OneLine(string text) => text.ReplaceLineEndings("\\n");
}

/// <summary><c>davit variable explain</c></summary>
internal sealed class VariableExplain : Verb
{
    private readonly Argument<string> _variable = new("variable") { Description = "Its name." };
    private readonly Option<string?> _service = Variables.Service();

    public VariableExplain() : base("explain", "Say which layer gives a variable its value, who set it, and what every other layer says.", "davit variable explain LOG_LEVEL --env staging", "davit variable explain LOG_LEVEL --env staging --service web")
    {
        Add(_variable);
        Add(_service);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var name = asked.Get(_variable)!;
        var found = await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/configuration{Variables.Query(asked.Get(_service))}", WireJson.Default.ConfigurationView, ct);
        var item = found.Items.FirstOrDefault(i => i.Name == name) ?? throw new ProblemException(ApiProblems.Missing("variable", name));
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(item, WireJson.Default.EffectiveView);
            return ExitCode.Done;
        }

        asked.Terminal.Answer($"{name} = {VariableList.Text(item)}");
        if (item.Written is not "")
            asked.Terminal.Answer($"  written as {VariableList.OneLine(item.Written)}");
        asked.Terminal.Answer($"  set by {item.Origin}{(item.Locked ? ", locked" : "")}{By(asked, item.Author, item.At)}");
        foreach (var loser in item.Losers)
            asked.Terminal.Answer($"  over   {loser.Origin}: {(loser.Kind is "unset" ? "(unset)" : VariableList.OneLine(loser.Value))}{By(asked, loser.Author, loser.At)}");
        return ExitCode.Done;
    }

    private static string By(Invocation asked, string author, DateTimeOffset? at) =>
        author is "" ? "" : $" ({author}{(at is { } t && !asked.Terminal.IsStable ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", {t:yyyy-MM-dd HH:mm:ss}") : "")})";
}
