using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit open</c></summary>
internal sealed class Open() : Verb("open", "Print the addresses of an environment, and open the first one in the desktop's browser when there is a desktop.", "davit open --env staging", "davit open --no-input")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var status = await asked.Api.GetAsync($"{await asked.EnvPathAsync(ct)}/status", WireJson.Default.StatusView, ct);
        foreach (var url in status.Urls)
            asked.Terminal.Answer(url);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(status, WireJson.Default.StatusView);
        else if (asked.MayAsk && status.Urls is [var first, ..] && Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 })
            using (System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("xdg-open", [first]) { UseShellExecute = false }))
            {
            }

        return ExitCode.Done;
    }
}
