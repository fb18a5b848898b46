using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Serving;

/// <summary><c>davit context show</c></summary>
internal sealed class ContextShow() : Verb("show", "Print every value that commands will use, and where it comes from.", "davit context show", "davit context show --json")
{
    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var values = Values(asked.Settings);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(new JsonObject(values.Select(v => KeyValuePair.Create(v.Name, (JsonNode?)new JsonObject { ["value"] = v.Setting.Value, ["origin"] = v.Setting.Origin }))), WireJson.Default.JsonObject);
        else
            asked.Terminal.Table(["WHAT", "VALUE", "FROM"], values.Select(v => (string[])[v.Name, v.Setting.Value, v.Setting.Origin]));
        return Task.FromResult(ExitCode.Done);
    }

    private static (string Name, Setting Setting)[] Values(Settings s) => [("server", s.Server), ("org", s.Org), ("project", s.Project), ("app", s.App), ("env", s.Env)];
}

/// <summary><c>davit context use --app … --env …</c></summary>
internal sealed class ContextUse() : Verb("use", "Save the flags given (--server, --org, --project, --app, --env) for later commands.", "davit context use --app shop --env staging", "davit context use --server https://davit.example")
{
    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var settings = asked.Settings;
        Settings.Save(Settings.ContextFile, saved =>
        {
            foreach (var (name, setting) in ((string, Setting)[])[("server", settings.Server), ("org", settings.Org), ("project", settings.Project), ("app", settings.App), ("env", settings.Env)])
            {
                if (setting.Origin.StartsWith("flag", StringComparison.Ordinal))
                    saved[name] = setting.Value;
            }
        });
        asked.Terminal.Say($"saved in {Settings.ContextFile}");
        return Task.FromResult(ExitCode.Done);
    }
}

/// <summary><c>davit context clear</c></summary>
internal sealed class ContextClear() : Verb("clear", "Forget every saved value but the tokens.", "davit context clear", "davit context clear --quiet")
{
    protected override Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        File.Delete(Settings.ContextFile);
        return Task.FromResult(ExitCode.Done);
    }
}
