using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Model;

/// <summary>Reads bodies as OpenAPI 2.0 writes them: a body is a parameter, and its forms are listed elsewhere.</summary>
internal static class V2Operation
{
    private const string AnyForm = "*/*";

    public static Body? Body(Operation operation)
    {
        var parameters = operation.Node["parameters"].Children.ToList().Concat(operation.Path.Node["parameters"].Children.ToList()).Select(operation.Api.Resolve).ToList();
        var body = parameters.Find(p => p["in"].Text is "body");
        if (!body.Exists)
            return null;
        var schema = body["schema"] is { Exists: true } given ? operation.Api.Schemas.At(given) : (Schemas.SchemaRef?)null;
        return new Body(body, body, body["required"].Boolean is true, [.. Forms(operation, "consumes").Select(form => new MediaType(form, body, schema))]);
    }

    public static IReadOnlyList<MediaType> Content(Operation operation, Node response)
    {
        if (response["schema"] is not { Exists: true } site)
            return [];
        var schema = operation.Api.Schemas.At(site);
        return [.. Forms(operation, "produces").Select(form => new MediaType(form, response, schema))];
    }

    private static IEnumerable<string> Forms(Operation operation, string list)
    {
        var own = operation.Node[list];
        return (own.Exists ? own : operation.Api.Root[list]).Children.ToList().Select(f => f.Text).OfType<string>().DefaultIfEmpty(AnyForm);
    }
}
