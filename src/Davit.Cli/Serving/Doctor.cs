using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Serving;

/// <summary><c>davit doctor</c></summary>
internal sealed class Doctor(string line) : Verb("doctor", "Check the server and everything it depends on; exit 1 when something blocks.", $"davit {line}", $"davit {line} --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var health = await asked.Api.GetAsync("v1/doctor", WireJson.Default.HealthView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(health, WireJson.Default.HealthView);
        foreach (var check in health.Checks)
        {
            var mark = check.Severity switch { "ok" => asked.Terminal.Good("ok      "), "warning" => asked.Terminal.Strong("warning "), _ => asked.Terminal.Bad("blocking") };
            asked.Terminal.Answer($"{mark} {check.Name,-9} {check.Detail}");
            if (check.Fix is not "")
                asked.Terminal.Answer($"         {asked.Terminal.Dim("try " + check.Fix)}");
        }

        return health.Status is "blocked" ? ExitCode.Problem : ExitCode.Done;
    }
}

/// <summary><c>davit whoami</c></summary>
internal sealed class WhoAmI() : Verb("whoami", "Say who the saved token stands for.", "davit whoami", "davit whoami --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var who = await asked.Api.GetAsync("v1/whoami", WireJson.Default.WhoView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(who, WireJson.Default.WhoView);
        else
            asked.Terminal.Answer($"{who.Actor} of {who.OrgName} at {asked.Settings.Server.Value}");
        return ExitCode.Done;
    }
}

/// <summary><c>davit version</c></summary>
internal sealed class Version() : Verb("version", "Print the versions of the command line and, with --server, of the server.", "davit version", "davit version --server unix:///var/lib/davit/davitd.sock")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var document = new JsonObject { ["version"] = Text };
        asked.Terminal.Answer($"davit {Text}");
        if (asked.Settings.Server.Origin.StartsWith("flag", StringComparison.Ordinal))
        {
            var server = await asked.Api.GetAsync("v1/capabilities", WireJson.Default.CapabilitiesView, ct);
            asked.Terminal.Answer($"davitd {server.Version}");
            document["server"] = server.Version;
        }

        if (asked.Terminal.IsJson)
            asked.Terminal.Document(document, WireJson.Default.JsonObject);
        return ExitCode.Done;
    }

    private static string Text => typeof(Version).Assembly.GetName().Version?.ToString(3) ?? "0";
}
