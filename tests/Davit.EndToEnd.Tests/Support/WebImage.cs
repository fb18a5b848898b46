using Davit.Testing;

namespace Davit.EndToEnd.Tests.Support;

/// <summary>The web part of the guestbook as an image: a page, event streams and WebSockets. Built once for a test and removed after it.</summary>
internal sealed class WebImage : IAsyncDisposable
{
    private App? _app;

    public string Tag { get; } = $"davit-e2e-web:{Platform.Unique()}";

    public static async Task<WebImage> BuildAsync(CancellationToken ct)
    {
        var image = new WebImage();
        await Engine.RunAsync(ct, "build", "--quiet", "--tag", image.Tag, Path.Combine(Repository.Root, "samples", "guestbook", "web"));
        return image;
    }

    /// <summary>An app of one service whose releases differ in the version it tells.</summary>
    /// <param name="more">Lines of the Compose service, four spaces deep.</param>
    public App Version(App app, int version, string more = "") => (_app = app)
        .With("compose.yaml", $"services:\n  web:\n    image: {Tag}\n    environment: {{ APP_VERSION: v{version} }}\n{more}")
        .With("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080, health: { path: /healthz } }\n");

    /// <summary>The app goes first, because its instances hold the image. What fails here must not hide why a test failed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DavitAsync("delete", CancellationToken.None, "--confirm", _app.Name);
        await new Program("docker", ["rmi", Tag]).RunAsync(CancellationToken.None);
    }
}
