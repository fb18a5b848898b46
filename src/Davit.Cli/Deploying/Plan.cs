using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit plan [directory]</c></summary>
internal sealed class Plan : Verb
{
    private readonly SourceOptions _source = new();

    public Plan() : base("plan", "Show exactly what deploying would do, and a hash that binds a deployment to it. Changes nothing.", "davit plan --env production", "davit plan --image registry.example/shop:1.4 --port 8080 --json") => _source.AddTo(this);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        _source.LookThere(asked);
        await asked.AnnounceAsync(ct);
        return await ShowAsync(asked, await asked.EnvPathAsync(ct), await _source.ResolveAsync(asked, ct), ct);
    }

    /// <summary>What a source would change; also for verbs that are told to change nothing.</summary>
    public static async Task<ExitCode> ShowAsync(Invocation asked, string env, DeploymentSource source, CancellationToken ct)
    {
        var plan = await asked.Api.PostAsync($"{env}/plans", new DeployRequest(source), (WireJson.Default.DeployRequest, WireJson.Default.PlanView), ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(plan, WireJson.Default.PlanView);
        else
            Print(asked.Terminal, plan);
        return ExitCode.Done;
    }

    private static void Print(Terminal terminal, PlanView plan)
    {
        foreach (var service in plan.Services)
        {
            terminal.Answer($"{Mark(terminal, service.Action)} {service.Name} ({service.Kind}, {service.Scale}×) {service.Action}, downtime {service.Downtime}");
            foreach (var change in service.Changes)
                terminal.Answer($"    ~ {change}");
        }

        foreach (var route in plan.Routes)
            terminal.Answer($"  route {route}");
        terminal.Answer(plan.Empty ? "nothing to do" : "steps:");
        foreach (var (step, number) in plan.Steps.Select((s, n) => (s, n + 1)))
            terminal.Answer($"  {number}. {step}");
        foreach (var note in plan.Notes)
            terminal.Say(terminal.Dim($"  {note.ToFault()}"));
        terminal.Answer($"plan {plan.Hash}");
    }

    private static string Mark(Terminal terminal, string action) => action switch
    {
        "add" => terminal.Good("+"),
        "replace" => terminal.Strong("~"),
        "remove" => terminal.Bad("-"),
        _ => " ",
    };
}
