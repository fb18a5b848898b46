using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary><c>davit up [directory]</c>: makes the app and its environment when they are missing, then deploys.</summary>
internal sealed class Up : Deploy
{
    private const string FirstEnv = "production";

    public Up() : base("up", "Deploy a directory, making the app and its environment first when they are missing.", "davit up ./shop", "davit up --env staging --image nginx:1 --port 80")
    {
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        Source.LookThere(asked);
        asked.AssumeApp(Source.NameFrom(asked)!);
        if (IsDry(asked) && await MissingAsync(asked, ct) is { } missing)
        {
            Source.Check(asked, null);
            asked.Terminal.Answer($"would make {missing} and deploy into it");
            if (asked.Terminal.IsJson)
                asked.Terminal.Document(new JsonObject { ["missing"] = missing }, WireJson.Default.JsonObject);
            return ExitCode.Done;
        }

        Source.Check(asked, asked.Settings.Env.Value is { Length: > 0 } env ? env : null);
        await EnsureAsync(asked, $"{asked.Project}/apps", asked.AppName, "app", ct);
        if (asked.Settings.Env.Value is "" && !await HasEnvAsync(asked, ct))
            await EnsureAsync(asked, $"{asked.AppPath}/envs", FirstEnv, "environment", ct);
        else if (asked.Settings.Env.Value is not "")
            await EnsureAsync(asked, $"{asked.AppPath}/envs", asked.Settings.Env.Value, "environment", ct);
        return await base.RunAsync(asked, ct);
    }

    /// <summary>What would have to be made first, for which there can be no plan yet.</summary>
    private static async Task<string?> MissingAsync(Invocation asked, CancellationToken ct)
    {
        if (!await ExistsAsync(asked, asked.AppPath, ct))
            return $"app {asked.AppName}";
        return asked.Settings.Env.Value is { Length: > 0 } env
            ? await ExistsAsync(asked, $"{asked.AppPath}/envs/{Invocation.Part(env)}", ct) ? null : $"environment {env}"
            : await HasEnvAsync(asked, ct) ? null : $"environment {FirstEnv}";
    }

    private static async Task<bool> ExistsAsync(Invocation asked, string path, CancellationToken ct)
    {
        try
        {
            await asked.Api.GetAsync(path, WireJson.Default.JsonObject, ct);
            return true;
        }
        catch (ProblemException missing) when (missing.Problem.Of.Status is 404)
        {
            return false;
        }
    }

    private static async Task<bool> HasEnvAsync(Invocation asked, CancellationToken ct)
    {
        var page = await asked.Api.GetAsync($"{asked.AppPath}/envs?limit=1", WireJson.Default.PageEnvView, ct);
        return page.Items.Count > 0;
    }

    /// <summary>Somebody else may make it at the same moment; then it is there, which is all that is wanted.</summary>
    private static async Task EnsureAsync(Invocation asked, string collection, string name, string what, CancellationToken ct)
    {
        if (await ExistsAsync(asked, $"{collection}/{Invocation.Part(name)}", ct))
            return;
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
