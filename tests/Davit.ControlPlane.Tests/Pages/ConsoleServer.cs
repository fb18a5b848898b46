using System.Net;
using System.Net.Sockets;
using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing;
using Davit.Testing.Browser;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Davit.ControlPlane.Tests.Pages;

/// <summary>A server that browsers reach, and browsers that note whatever a page does that it should not.</summary>
internal sealed class ConsoleServer(Installed installed) : IAsyncDisposable
{
    private const string Owner = "ann@example.com";

    private readonly List<IBrowserContext> _profiles = [];
    private readonly List<string> _faults = [];

    public Installed Installed => installed;

    public Uri Address { get; } = new(installed.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Single(a => a.StartsWith("http:", StringComparison.Ordinal) && !a.Contains("unix", StringComparison.Ordinal)).Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    /// <summary>What the pages complained of: scripts, styles and pictures that their policy refused, and answers of 5xx.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static async Task<ConsoleServer> StartAsync(Davit.Testing.Postgres.PostgresServer postgres, CancellationToken ct) =>
        new(await Installed.StartAsync(postgres, ct, change: o => o with { Listen = $"127.0.0.1:{FreePort()}" }));

    /// <summary>Stays the same when the server is started anew.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task<IPage> OpenAsync(Chromium chromium, string path, BrowserNewContextOptions? options = null)
    {
        var profile = await chromium.ProfileAsync(options);
        _profiles.Add(profile);
        var page = await profile.NewPageAsync();
        page.Console += (_, message) => Note(message.Type is "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) ? message.Text : null);
        page.PageError += (_, error) => Note(error);
        page.Response += (_, answer) => Note(answer.Status >= 500 ? $"{answer.Status} {answer.Url}" : null);
        page.Request += (_, request) => Note(new Uri(request.Url).Authority == Address.Authority ? null : $"asked {request.Url}");
        await page.GotoAsync(new Uri(Address, path).ToString());
        return page;
    }

    /// <summary>A window in which the first owner, who is made, is signed in and looks at a page.</summary>
    public async Task<IPage> EnterAsync(Chromium chromium, string path, CancellationToken ct, BrowserNewContextOptions? options = null)
    {
        await Staff.SetUpAsync(Installed, Owner, ct);
        var page = await OpenAsync(chromium, $"/sign-in?return={Uri.EscapeDataString(path)}", options);
        await page.FillAsync("input[name=email]", Owner);
        await page.FillAsync("input[name=password]", Staff.Password);
        await page.ClickAsync("main button");
        return page;
    }

    /// <summary>Kept beside the results, to be looked at.</summary>
    public static Task ScreenshotAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"{name}.png"), FullPage = true });

    /// <summary>A picture, and the proof that nothing sticks out of the window.</summary>
    public static async Task FitsAsync(IPage page, string name)
    {
        await ScreenshotAsync(page, name);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, $"{name} is wider than its window");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var profile in _profiles)
            await profile.DisposeAsync();
        await installed.DisposeAsync();
    }

    private void Note(string? fault)
    {
        lock (_faults)
        {
            if (fault is not null)
                _faults.Add(fault);
        }
    }
}
