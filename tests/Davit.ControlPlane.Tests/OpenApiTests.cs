using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.ControlPlane.Tests;

public sealed class OpenApiTests(OneServer server) : IClassFixture<OneServer>
{
    private static string Kept => Path.Combine(Repository.Root, "docs/reference/openapi.json");

    /// <summary>Set DAVIT_ACCEPT=1 to rewrite it, then read the difference: within /v1 changes only add.</summary>
    [Fact]
    public async Task The_document_is_the_one_that_was_agreed_on()
    {
        var documents = server.Installed.App.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
        var ct = TestContext.Current.CancellationToken;
        var text = (await OpenApiDocument.RenderAsync(await documents.GetOpenApiDocumentAsync(ct), ct)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("DAVIT_ACCEPT") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
            await File.WriteAllTextAsync(Kept, text, ct);
        }

        text.ShouldContain("\"openapi\": \"3.1");
        text.ShouldBe(await File.ReadAllTextAsync(Kept, ct));
    }
}
