using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Serving;

/// <summary><c>davit server status</c></summary>
internal sealed class ServerStatus() : Verb("status", "Say which server answers, since when it runs, and how its database, engine and edge are. Exit 1 when one of them blocks.", "davit server status", "davit server status --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var server = await asked.Api.GetAsync("v1/server", WireJson.Default.ServerView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(server, WireJson.Default.ServerView);
        else
            Print(asked, server);
        return server.Parts.Any(p => p.Severity is "blocking") ? ExitCode.Problem : ExitCode.Done;
    }

    private static void Print(Invocation asked, ServerView server)
    {
        var terminal = asked.Terminal;
        terminal.Answer($"davitd {server.Version} at {asked.Settings.Server.Value}");
        terminal.Answer($"installation  {server.InstallationId}");
        terminal.Answer($"API           {string.Join(", ", server.ApiVersions)}");
        if (!terminal.IsStable)
            terminal.Answer(string.Create(CultureInfo.InvariantCulture, $"running       {Words(TimeSpan.FromSeconds(server.UptimeSeconds))}, since {server.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
        foreach (var part in server.Parts)
        {
            terminal.Answer($"{part.Name,-13} {(part.Severity is "ok" ? terminal.Good("ok") : terminal.Bad(part.Severity))}  {part.Detail}");
            if (part.Fix is not "")
                terminal.Answer($"              {terminal.Dim("try " + part.Fix)}");
        }
    }

    private static string Words(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d {time.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Seconds} s"),
    };
}

/// <summary><c>davit server openapi</c></summary>
internal sealed class ServerOpenApi() : Verb("openapi", "Print the OpenAPI document of the server's API.", "davit server openapi > davit.openapi.json", "davit server openapi --server https://davit.example")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        asked.Terminal.Document(await asked.Api.GetAsync("v1/openapi.json", WireJson.Default.JsonObject, ct), WireJson.Default.JsonObject);
        return ExitCode.Done;
    }
}

/// <summary><c>davit server key</c></summary>
internal sealed class ServerKey() : Verb("key", "Print the public key that receipts are signed with, for checking them without the server.", "davit server key > davit.pem", "davit server key --json")
{
    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var key = await asked.Api.GetAsync("v1/keys/receipts", WireJson.Default.SigningKeyView, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(key, WireJson.Default.SigningKeyView);
        else
            asked.Terminal.Answer(key.PublicPem.TrimEnd());
        return ExitCode.Done;
    }
}
