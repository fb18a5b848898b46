using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Examples;

internal sealed class ValueOrExternalValueRequired : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Lowered("value-or-external-value-required", Severity.Warning, "An example has no value.", "Give the example a value or an externalValue.", Part.Example);

    public static Fault? Judge(Spot spot) => spot["value"].Exists || spot["externalValue"].Exists || (spot.Version >= SpecVersion.V32 && (spot["dataValue"].Exists || spot["serializedValue"].Exists)) ? null : spot.Node.Is("the example has no value");
}
