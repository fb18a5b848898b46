using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit why [deployment]</c></summary>
internal sealed class Why : Verb
{
    private readonly Argument<string?> _deployment = new("deployment") { Description = "Its id or number; the newest when left away.", Arity = ArgumentArity.ZeroOrOne };

    public Why(string line) : base("why", "Say why a deployment stands where it stands, with the cause and what to do.", $"davit {line}", $"davit {line} 14 --env production") => Add(_deployment);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var env = await asked.EnvPathAsync(ct);
        var reference = asked.Get(_deployment) ?? await NewestAsync(asked, env, ct);
        var view = await asked.Api.GetAsync($"{env}/deployments/{Invocation.Part(reference)}", WireJson.Default.DeploymentView, ct);
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(view, WireJson.Default.DeploymentView);
            return ExitCode.Done;
        }

        asked.Terminal.Answer($"deployment #{view.Number} ({view.Kind}) is {view.Text}");
        foreach (var phase in view.Phases)
            asked.Terminal.Answer($"  {phase.Phase,-11} {phase.Status,-9} {phase.Detail}");
        if (view.Problem is { } problem)
            asked.Terminal.Show(problem.ToProblem());
        return ExitCode.Done;
    }

    private static async Task<string> NewestAsync(Invocation asked, string env, CancellationToken ct)
    {
        var page = await asked.Api.GetAsync($"{env}/deployments?limit=1", WireJson.Default.PageDeploymentView, ct);
        return page.Items is [var newest, ..] ? newest.Id : throw new Model.ProblemException(Model.CliProblems.UnknownName("deployment", "the newest", [], "davit deployment list"));
    }
}
