using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;

namespace Davit.ControlPlane.Tests.Simulated.Deaths;

/// <summary>Something that is done to an environment, and what it begins with.</summary>
/// <param name="Prepare">Brings the environment to where it begins; nobody dies meanwhile.</param>
/// <param name="Act">Asks for the change; turns are taken afterwards.</param>
internal sealed record Scenario(string Name, Func<Play, Task> Prepare, Func<Play, Task> Act)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("first deployment", _ => Task.CompletedTask, p => p.DeployAsync("web:1")),
        new("redeployment", ServingAsync, p => p.DeployAsync("web:2")),
        new("failing health", ServingAsync, p => p.DeployFilesAsync(Sick)),
        new("rollback", TwiceAsync, p => p.RollBackAsync()),
        new("cancel", ServingAsync, CancelledAsync),
        new("scale up", ServingAsync, p => p.ScaleAsync(3)),
        new("scale down", ScaledAsync, p => p.ScaleAsync(1)),
        new("delete", ServingAsync, p => p.DeleteAsync()),
        new("static switch", StaticAsync, p => p.DeployFilesAsync(("index.html", "two"))),
        new("release command", ServingAsync, p => p.DeployFilesAsync(Shop.WithCommand("web:2", "tool:1"))),
        new("canary", p => TakeoverAsync(p, ShortCanary), p => p.DeployFilesAsync(Takeover("web:2", ShortCanary))),
        new("canary that fails", p => TakeoverAsync(p, ShortCanary), p => FailingAsync(p)),
        new("blue-green", p => TakeoverAsync(p, BlueGreen), p => p.DeployFilesAsync(Takeover("web:2", BlueGreen))),
        new("return within the keep time", KeptAsync, p => p.RollBackAsync()),
        new("volume that one instance writes", WithVolumeAsync, p => p.DeployFilesAsync(Volume("web:2"))),
    ];

    public static (string, string)[] Sick =>
    [
        ("compose.yaml", "services:\n  web:\n    image: sick:1\n    healthcheck: { test: [CMD, check], interval: 1s, retries: 2, start_period: 1s }\n"),
        ("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080, health: { path: /, startup: 3s, timeout: 1s } }\nroutes:\n  - { service: web }\n"),
    ];

    public const string ShortCanary = "strategy: canary, steps: [{ percent: 10, for: 1s }, { percent: 50, for: 1s }]";

    public const string BlueGreen = "strategy: blue-green, keep: 2s";

    /// <summary>A web service whose releases take over as a rollout says.</summary>
    public static (string, string)[] Takeover(string image, string rollout) =>
    [
        ("compose.yaml", $"services:\n  web:\n    image: {image}\n"),
        ("davit.yaml", $"davit: 1\nservices:\n  web: {{ kind: web, port: 8080, rollout: {{ {rollout} }} }}\nroutes:\n  - {{ service: web }}\n"),
    ];

    public override string ToString() => Name;

    public static void Furnish(Stage stage)
    {
        foreach (var reference in (string[])["web:1", "web:2", "web:3"])
            stage.World.Add(new MemoryImage(reference));
        stage.World.Add(new MemoryImage("sick:1") { HealthyAfter = null });
        stage.World.Add(new MemoryImage("tool:1") { ExitsAfter = TimeSpan.Zero });
    }

    private static async Task ServingAsync(Play play)
    {
        await play.DeployAsync("web:1");
        await play.RunAsync();
    }

    private static async Task TwiceAsync(Play play)
    {
        await ServingAsync(play);
        await play.DeployAsync("web:2");
        await play.RunAsync();
    }

    private static async Task ScaledAsync(Play play)
    {
        await ServingAsync(play);
        await play.ScaleAsync(3);
        await play.RunAsync();
    }

    /// <summary>Far enough for the new release to have begun.</summary>
    private static async Task CancelledAsync(Play play)
    {
        await play.DeployAsync("web:2");
        await play.RunAsync(turns: 3);
        await play.CancelAsync();
    }

    private static async Task StaticAsync(Play play)
    {
        await play.DeployFilesAsync(("index.html", "one"));
        await play.RunAsync();
    }

    private static async Task TakeoverAsync(Play play, string rollout)
    {
        play.Stage.Edge.Clients = (4000, 0);
        await play.DeployFilesAsync(Takeover("web:1", rollout));
        await play.RunAsync();
    }

    private static Task FailingAsync(Play play)
    {
        play.Stage.Edge.Clients = (4000, 100);
        return play.DeployFilesAsync(Takeover("web:2", ShortCanary));
    }

    /// <summary>Far enough for the new release to serve, and not as far as the end of the keep time.</summary>
    private static async Task KeptAsync(Play play)
    {
        await TakeoverAsync(play, BlueGreen);
        await play.DeployFilesAsync(Takeover("web:2", BlueGreen));
        await play.RunAsync(turns: 15);
    }

    private static async Task WithVolumeAsync(Play play)
    {
        play.MayBeDown = true;
        await play.DeployFilesAsync(Volume("web:1"));
        await play.RunAsync();
    }

    public static (string, string)[] Volume(string image) =>
    [
        ("compose.yaml", $"services:\n  web:\n    image: {image}\n    volumes: [data:/data]\nvolumes:\n  data: {{}}\n"),
        ("davit.yaml", "davit: 1\nservices:\n  web: { kind: stateful, port: 8080 }\nroutes:\n  - { service: web }\n"),
    ];
}
