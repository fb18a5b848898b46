using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests.Deaths;

/// <summary>A change to an app that is asked for and not waited for.</summary>
/// <param name="Prepare">Brings the app to where it begins.</param>
/// <param name="Act">Asks for the change; it may not get an answer, because davitd may be dead by then.</param>
/// <param name="HasServed">Whether users are served before the change.</param>
internal sealed record RealScenario(string Name, Func<App, string, CancellationToken, Task> Prepare, Func<App, string, CancellationToken, Task> Act, bool HasServed = true)
{
    /// <summary>Brings the app back to where the change begins, where one change does not lead to the next.</summary>
    public Func<App, CancellationToken, Task> Again { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Nothing of the app is left in the end.</summary>
    public bool Removes { get; init; }

    private const string WithCommand =
        """
        davit: 1
        services:
          web: { kind: web, port: 8080, health: { path: /, startup: 10s } }
        release:
          - { name: migrate, service: web, command: [busybox, "true"], when: before, backward: true }
        """;

    /// <summary>Those that every run of the tests goes through; the rest belongs to the soak.</summary>
    public static IReadOnlyList<RealScenario> Main { get; } =
    [
        new("first-deployment", (_, _, _) => Task.CompletedTask, (app, word, ct) => app.Saying(word).DavitAsync("up", ct, app.Directory, "--no-wait"), HasServed: false),
        new("redeployment", UpAsync, (app, word, ct) => app.Saying(word).DeployAsync(ct, "--no-wait")),
    ];

    public static IReadOnlyList<RealScenario> Others { get; } =
    [
        new("failing-health", UpAsync, (app, word, ct) => app.Saying(word, davit: "port: 9, health: { path: /, startup: 2s, timeout: 1s }").DeployAsync(ct, "--no-wait")),
        new("rollback", TwiceAsync, (app, _, ct) => app.DavitAsync("rollback", ct, "--no-wait")),
        new("cancel", UpAsync, CancelAsync),
        new("scale-up", UpAsync, (app, _, ct) => ScaleAsync(app, 2, ct)) { Again = (app, ct) => ScaleAsync(app, 1, ct) },
        new("scale-down", UpAsync, (app, _, ct) => ScaleAsync(app, 1, ct)) { Again = (app, ct) => ScaleAsync(app, 2, ct) },
        new("delete", UpAsync, (app, _, ct) => app.DavitAsync("delete", ct, "--confirm", app.Name), HasServed: false) { Removes = true },
        new("release-command", UpAsync, (app, word, ct) => app.Saying(word).With("davit.yaml", WithCommand).DeployAsync(ct, "--no-wait")),
        new("static-switch", SiteAsync, (app, word, ct) => app.With("index.html", word).DeployAsync(ct, "--no-wait")),
    ];

    private static Task<Ended> UpAsync(App app, string word, CancellationToken ct) => app.Saying($"{word}-old").UpAsync(ct);

    private static async Task TwiceAsync(App app, string word, CancellationToken ct)
    {
        await UpAsync(app, word, ct);
        await app.Saying($"{word}-newer").UpAsync(ct);
    }

    private static async Task CancelAsync(App app, string word, CancellationToken ct)
    {
        await app.Saying(word).DeployAsync(ct, "--no-wait");
        await app.DavitAsync("cancel", ct);
    }

    private static Task<Ended> ScaleAsync(App app, int instances, CancellationToken ct) => app.DavitAsync("scale", ct, $"web={instances}");

    private static Task<Ended> SiteAsync(App app, string word, CancellationToken ct) => app.With("index.html", $"{word}-old").UpAsync(ct);
}
