using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class OperationTagUndeclared : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("operation-tag-undeclared", Severity.Warning, "An operation has a tag that the document does not declare.", "Declare the tag at the top of the document, or correct it.", Part.Operation);

    public static Fault? Judge(Spot spot) => spot["tags"].Children.ToList().Find(t => t.Text is { } name && !spot.Context.HasTag(name)) is { Exists: true } tag ? tag.Is($"the tag '{tag.Text}' is not declared") : null;
}
