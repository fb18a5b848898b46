using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class RecursiveSchemaWithoutExit : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("recursive-schema-without-exit", Severity.Warning, "A schema requires itself, so its values would never end.", "Make the member that leads back optional, or let it be null or an empty list.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot.Around is { Part: Part.Components } && spot.Context.Endlessness.Of(spot.Node) ? spot.Node.Is($"every value of '{spot.Name}' holds another one") : null;
}
