using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit reconcile status</c> and <c>stuck</c></summary>
internal sealed class Reconcile(string name, string description, bool onlyStuck) : Verb(name, description, $"davit reconcile {name}", $"davit reconcile {name} --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var seen = await asked.Api.GetAsync($"{asked.OrgPath}/reconcile", WireJson.Default.ReconcileView, ct);
        if (onlyStuck)
            seen = seen with { Unfinished = [.. seen.Unfinished.Where(u => u.IsStuck)], Effects = [], Makings = [] };
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(seen, WireJson.Default.ReconcileView);
            return ExitCode.Done;
        }

        asked.Terminal.Answer(seen.Leader is { } leader ? $"leader     {leader.Holder}  fence {leader.Fence}  since {Since(asked, leader.TakenAt)}" : "leader     nobody: nothing is deployed or repaired until a davitd leads");
        foreach (var making in seen.Makings)
            asked.Terminal.Answer($"making     {making.Name["make/".Length..]}  {making.Holder}");
        foreach (var effect in seen.Effects)
            asked.Terminal.Answer($"effect     {effect.Name} {effect.Subject}  {effect.Holder}  since {Since(asked, effect.BeganAt)}");
        foreach (var deployment in seen.Unfinished)
            asked.Terminal.Answer($"{(deployment.IsStuck ? "stuck" : "running"),-10} {deployment.Deployment}  {deployment.Phase}  {deployment.Detail}  since {Since(asked, deployment.Since)}");
        if (seen.Unfinished.Count is 0)
            asked.Terminal.Say(onlyStuck ? "nothing is stuck" : "no deployment is under way");
        return ExitCode.Done;
    }

    private static string Since(Invocation asked, DateTimeOffset at) => asked.Terminal.IsStable ? "…" : $"{at:HH:mm:ss}";
}
