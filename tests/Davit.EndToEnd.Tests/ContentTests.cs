using System.Net;
using Davit.EndToEnd.Tests.Support;

namespace Davit.EndToEnd.Tests;

/// <summary>Somebody damages the files of a release on disk: what the edge serves and what an instance has mounted is put back.</summary>
public sealed class ContentTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Damaged_files_are_restored_for_the_edge_and_inside_the_instance()
    {
        var app = new App(platform, "content").With("site/index.html", "home\n").With("site/deep/page.html", "page\n").With("pages/index.html", "mounted\n");
        app.With("compose.yaml", """
            services:
              web:
                image: busybox:1
                init: true
                command: [httpd, -f, -p, "8080", -h, /www]
                volumes: ["./pages:/www:ro"]
            """);
        app.With("davit.yaml", """
            davit: 1
            services:
              site: { kind: static, directory: site }
              web: { kind: web, port: 8080 }
            routes:
              - { path: /site, strip: true, service: site }
              - { path: /, service: web }
            """);
        await app.UpAsync(Ct);
        await app.ShouldAnswerAsync("mounted", Ct);

        foreach (var tree in Directory.EnumerateDirectories(Path.Combine(platform.Data, "content")))
        {
            await File.WriteAllTextAsync(Path.Combine(tree, "index.html"), "defaced\n", Ct);
            if (Directory.Exists(Path.Combine(tree, "deep")))
            {
                Directory.Delete(Path.Combine(tree, "deep"), recursive: true);
                await File.WriteAllTextAsync(Path.Combine(tree, "deep"), "a file in the place of a directory", Ct);
            }
        }

        (await app.GetAsync("/", Ct)).Body.Trim().ShouldBe("defaced", "the test damages what is served");
        await AnswersAsync(app, "/", "mounted");
        await AnswersAsync(app, "/site/", "home");
        await AnswersAsync(app, "/site/deep/page", "page");
        (await app.DavitAsync("drift", Ct)).ShouldSucceed();
    }

    private static Task<(HttpStatusCode Status, string Body)> AnswersAsync(App app, string path, string body) =>
        Eventually.SeesAsync(() => app.GetAsync(path, Ct), a => a.Status is HttpStatusCode.OK && a.Body.Trim() == body, $"{path} is as it was released", Patience, Ct);
}
