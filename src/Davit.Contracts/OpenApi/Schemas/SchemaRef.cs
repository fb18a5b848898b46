using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Schemas;

/// <summary>A schema at the place that uses it.</summary>
/// <param name="Site">Where it is used.</param>
/// <param name="Name">The reference as it is written; null for a schema that stands at its place.</param>
internal readonly record struct SchemaRef(Schema Schema, string? Name, Node Site)
{
    /// <summary>How a reader recognises it.</summary>
    public string Told => Name is not null ? $"'{Name[(Name.LastIndexOf('/') + 1)..]}'" : Schema.Title is not "" ? $"'{Schema.Title}'" : "a schema";
}
