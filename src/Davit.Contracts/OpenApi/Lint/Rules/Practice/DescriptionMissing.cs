using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class DescriptionMissing : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("description-missing", Severity.Note, "An operation says nothing of what it does.", "Write a summary.", Part.Operation);

    public static Fault? Judge(Spot spot) => spot.IsCall && string.IsNullOrWhiteSpace(spot["summary"].Text) && string.IsNullOrWhiteSpace(spot["description"].Text) ? spot.Node.Is("the operation has neither a summary nor a description") : null;
}
