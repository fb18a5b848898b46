using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Serving;

/// <summary><c>davit capabilities</c></summary>
internal sealed class Capabilities(string line) : Verb("capabilities", "Say what the server is and what it can do.", $"davit {line}", $"davit {line} --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var found = await asked.Api.GetAsync("v1/capabilities", WireJson.Default.CapabilitiesView, ct);
        if (asked.Terminal.IsJson)
        {
            asked.Terminal.Document(found, WireJson.Default.CapabilitiesView);
            return ExitCode.Done;
        }

        asked.Terminal.Answer($"davitd {found.Version}, installation {found.InstallationId}, drivers {string.Join(", ", found.Drivers)}");
        asked.Terminal.Table(["FEATURE", "STATE"], found.Features.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => (string[])[f.Key, f.Value]));
        return ExitCode.Done;
    }
}
