using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

/// <summary>What is on another machine is not read, so nothing is said of it.</summary>
internal sealed class UnresolvedRef : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("unresolved-ref", "A reference leads to nothing.", "Correct the reference, or add what it refers to.", Part.Reference);

    public static Fault? Judge(Spot spot) => spot.Context.TryResolve(spot.Node, out _) is { Code: not UnreadableCodes.Remote } unresolved ? spot["$ref"].Is(unresolved.Message) : null;
}
