namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class JsonSchemaDialectRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("json-schema-dialect-required", "The dialect of schemas is asked for but not named.", "Name the dialect by its address, or leave the field out.", Part.Document);

    public static Fault? Judge(Spot spot) => spot["jsonSchemaDialect"] is { Exists: true } dialect && string.IsNullOrEmpty(dialect.Text) ? dialect.Is("jsonSchemaDialect names no dialect") : null;
}
