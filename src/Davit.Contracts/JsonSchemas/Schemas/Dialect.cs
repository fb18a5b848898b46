using Davit.Contracts.Documents;

namespace Davit.Contracts.JsonSchemas.Schemas;

internal enum Dialect
{
    Draft04,
    Draft06,
    Draft07,
    Draft201909,
    Draft202012,
}

internal static class Dialects
{
    /// <summary>What a schema declares; without a declaration it is the newest.</summary>
    /// <exception cref="UnreadableException">It declares another one.</exception>
    public static Dialect Of(Node root)
    {
        if (root["$schema"] is not { Exists: true } declared)
            return Dialect.Draft202012;
        return Known(declared.Text) ?? throw new UnreadableException(UnreadableCodes.Version, $"the dialect '{declared.Scalar}' is not one of the drafts 04, 06, 07, 2019-09 and 2020-12", declared.Where);
    }

    public static Dialect? Known(string? uri) => uri?.TrimEnd('#').Replace("https://", "http://", StringComparison.Ordinal) switch
    {
        "http://json-schema.org/draft-04/schema" => Dialect.Draft04,
        "http://json-schema.org/draft-06/schema" => Dialect.Draft06,
        "http://json-schema.org/draft-07/schema" or "http://json-schema.org/schema" => Dialect.Draft07,
        "http://json-schema.org/draft/2019-09/schema" => Dialect.Draft201909,
        "http://json-schema.org/draft/2020-12/schema" => Dialect.Draft202012,
        _ => null,
    };
}
