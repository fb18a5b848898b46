using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

internal sealed class TypeFormatMismatch : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Warning("type-format-mismatch", "A format belongs to another type, and is ignored.", "Correct the type or the format.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["format"].Text is { } format && spot["type"] is { Exists: true } type && Types(format) is { } wanted && !Names(type).Any(n => wanted.Contains(n, StringComparer.Ordinal))
        ? spot["format"].Is($"the format '{format}' does not belong to this type") : null;

    private static string[]? Types(string format) => format switch
    {
        "int32" or "int64" => ["integer", "number"],
        "float" or "double" => ["number"],
        "byte" or "binary" or "date" or "date-time" or "time" or "duration" or "password" or "email" or "idn-email" or "hostname" or "idn-hostname"
            or "ipv4" or "ipv6" or "uri" or "uri-reference" or "iri" or "iri-reference" or "uri-template" or "uuid" or "json-pointer" or "relative-json-pointer" or "regex" => ["string"],
        _ => null,
    };

    private static IEnumerable<string> Names(Node type) => (type.IsArray ? type.Children.ToList() : [type]).Select(t => t.Text ?? "");
}
