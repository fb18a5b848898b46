using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit up [directory]</c>: makes the app and its environment when they are missing, then deploys.</summary>
internal sealed class Up : Deploy
{
    private const string FirstEnv = "production";

    public Up() : base("up", "Deploy a directory, making the app and its environment first when they are missing.", "davit up ./shop")
    {
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.AssumeApp(Source.NameFrom(asked)!);
        Source.Check(asked, asked.Settings.Env.Value is { Length: > 0 } env ? env : null);
        await EnsureAsync(asked, $"{asked.Project}/apps", asked.AppName, "app", ct);
        if (asked.Settings.Env.Value is "" && !await HasEnvAsync(asked, ct))
            await EnsureAsync(asked, $"{asked.AppPath}/envs", FirstEnv, "environment", ct);
        else if (asked.Settings.Env.Value is not "")
            await EnsureAsync(asked, $"{asked.AppPath}/envs", asked.Settings.Env.Value, "environment", ct);
        return await base.RunAsync(asked, ct);
    }

    private static async Task<bool> HasEnvAsync(Invocation asked, CancellationToken ct)
    {
        var page = await asked.Api.GetAsync($"{asked.AppPath}/envs?limit=1", WireJson.Default.PageEnvView, ct);
        return page.Items.Count > 0;
    }

    /// <summary>Somebody else may make it at the same moment; then it is there, which is all that is wanted.</summary>
    private static async Task EnsureAsync(Invocation asked, string collection, string name, string what, CancellationToken ct)
    {
        try
        {
            await asked.Api.GetAsync($"{collection}/{Invocation.Part(name)}", WireJson.Default.JsonObject, ct);
        }
        catch (ProblemException missing) when (missing.Problem.Of.Status is 404)
        {
            try
            {
                await asked.Api.PostAsync(collection, new CreateRequest(name), (WireJson.Default.CreateRequest, WireJson.Default.JsonObject), ct);
                asked.Terminal.Say(asked.Terminal.Dim($"made {what} {name}"));
            }
            catch (ProblemException taken) when (taken.Problem.Of.Status is 409)
            {
            }
        }
    }
}
