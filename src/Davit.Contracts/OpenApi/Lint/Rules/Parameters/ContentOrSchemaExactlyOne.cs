namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class ContentOrSchemaExactlyOne : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("content-or-schema-exactly-one", "A parameter or a header has both a schema and content, or neither.", "Keep schema for plain values, or content for a media type.", Part.Parameter, Part.Header);

    public static Fault? Judge(Spot spot) => (spot["schema"].Exists, spot["content"].Exists) switch
    {
        (true, true) => spot["content"].Is("there are both schema and content"),
        (false, false) => spot.Node.Is("there is neither schema nor content"),
        _ => null,
    };
}
