namespace Davit.Contracts.OpenApi.Lint.Rules.Operations;

/// <summary>From 3.1 on an operation need not say what it answers.</summary>
internal sealed class OperationResponsesRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("operation-responses-required", "An operation does not say what it answers.", "Describe at least one response.", Part.Operation);

    public static Fault? Judge(Spot spot) => spot["responses"] switch
    {
        { IsObject: true } => null,
        { Exists: true } wrong => wrong.Is("responses is no object"),
        _ => spot.Version is SpecVersion.V30 ? spot.Node.Is("the operation has no responses") : null,
    };
}
