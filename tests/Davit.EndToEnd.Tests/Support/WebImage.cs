using Davit.Testing;

namespace Davit.EndToEnd.Tests.Support;

/// <summary>The web part of the guestbook as an image: a page, event streams and WebSockets. Built once for a test and removed after it.</summary>
internal sealed class WebImage : IAsyncDisposable
{
    public string Tag { get; } = $"davit-e2e-web:{Platform.Unique()}";

    public static async Task<WebImage> BuildAsync(CancellationToken ct)
    {
        var image = new WebImage();
        await Engine.RunAsync(ct, "build", "--quiet", "--tag", image.Tag, Path.Combine(Repository.Root, "samples", "guestbook", "web"));
        return image;
    }

    /// <summary>An app of one service whose releases differ in the version it tells.</summary>
    public App Version(App app, int version) => app
        .With("compose.yaml", $"services:\n  web:\n    image: {Tag}\n    environment: {{ APP_VERSION: v{version} }}\n")
        .With("davit.yaml", "davit: 1\nservices:\n  web: { kind: web, port: 8080, health: { path: /healthz } }\n");

    public async ValueTask DisposeAsync() => await Engine.RunAsync(CancellationToken.None, "rmi", Tag);
}
