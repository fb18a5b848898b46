using Davit.Manifest.Suggestions;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Shell;

/// <summary>What was probably meant by a name that the server does not know.</summary>
internal static class NameHelp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The problem itself when nothing is near, or when asking again does not help.</summary>
    public static async Task<Problem> WithSuggestionsAsync(Invocation asked, Problem problem)
    {
        if (problem.Of.Status is not (404 or 422) || problem.Faults.Length > 0 || asked.Settings.App.Value is not { Length: > 0 } app)
            return problem;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var apps = await NamesAsync(asked.Api.ListAsync($"{asked.Project}/apps", WireJson.Default.PageAppView, limit.Token), a => a.Name);
            if (Near(problem, app, apps, "--app") is { } better)
                return better;
            if (!apps.Contains(app, StringComparer.Ordinal))
                return problem;
            var envs = await NamesAsync(asked.Api.ListAsync($"{asked.AppPath}/envs", WireJson.Default.PageEnvView, limit.Token), e => e.Name);
            if (asked.Settings.Env.Value is { Length: > 0 } env && Near(problem, env, envs, "--env") is { } right)
                return right;
            if (asked.NamedServices is [])
                return problem;
            var services = await NamesAsync(asked.Api.ListAsync($"{await asked.EnvPathAsync(limit.Token)}/services", WireJson.Default.PageServiceStatusView, limit.Token), s => s.Name);
            return asked.NamedServices.Select(s => Near(problem, s, services, "")).FirstOrDefault(b => b is not null) ?? problem;
        }
        catch (Exception e) when (e is ProblemException or UsageException or OperationCanceledException)
        {
            return problem;
        }
    }

    private static Problem? Near(Problem problem, string name, List<string> known, string flag)
    {
        if (name.Contains('_', StringComparison.Ordinal) || known.Contains(name, StringComparer.Ordinal) || Suggest.For(name, known) is not [var first, ..] closest)
            return null;
        return problem with { Detail = $"{problem.Detail} Did you mean {string.Join(", ", closest)}?", Hint = $"Use {flag} {first}".Replace("  ", " ", StringComparison.Ordinal) };
    }

    private static async Task<List<string>> NamesAsync<T>(IAsyncEnumerable<T> items, Func<T, string> name)
    {
        var names = new List<string>();
        await foreach (var item in items)
            names.Add(name(item));
        return names;
    }
}
