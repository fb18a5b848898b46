using Microsoft.Playwright;
using Xunit;

namespace Davit.Testing.Browser;

/// <summary>The distribution's Chromium, without a window. Tests that need it are skipped, and say so, where there is none.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } place)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = place, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A profile of its own, which shares nothing with others.</summary>
    public async Task<IBrowserContext> ProfileAsync(BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
            Assert.Skip($"NOT TRIED: there is no Chromium at {string.Join(", ", Places)}");
        return await _browser.NewContextAsync(options);
    }
}
