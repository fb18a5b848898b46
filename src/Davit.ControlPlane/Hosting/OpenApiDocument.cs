using Davit.ControlPlane.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Davit.ControlPlane.Hosting;

/// <summary>What the generated OpenAPI 3.1 document says beyond the handlers' own types.</summary>
internal static class OpenApiDocument
{
    /// <summary>As text whose members stand in a fixed order, so that a change shows as a small difference.</summary>
    public static Task<string> RenderAsync(Microsoft.OpenApi.OpenApiDocument document, CancellationToken ct) =>
        document.SerializeAsJsonAsync(Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1, ct);

    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Davit";
            document.Info.Version = "v1";
            document.Info.Description = "Every write needs an Idempotency-Key; every failure is a problem document (RFC 9457) with code, name and hint.";
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var permission = context.Description.ActionDescriptor.EndpointMetadata.OfType<Permission>().FirstOrDefault();
            if (permission is { IsOpen: false })
                operation.Description = $"Needs the permission `{permission.Name}`.";
            return Task.CompletedTask;
        });
    }
}
