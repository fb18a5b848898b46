using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class DeprecatedWithoutReplacement : ILintRule
{
    private static readonly string[] Words = ["instead", "replac", "migrat", "use ", "see ", "superseded", "successor"];

    public static LintFact Fact { get; } = LintFact.Own("deprecated-without-replacement", Severity.Note, "An operation is deprecated and does not say what to use.", "Say in the description what to use instead.", Part.Operation);

    public static Fault? Judge(Spot spot) => spot["deprecated"].Boolean is true && !spot["externalDocs"].Exists && !Array.Exists(Words, w => (spot["summary"].Text + " " + spot["description"].Text).Contains(w, StringComparison.OrdinalIgnoreCase))
        ? spot["deprecated"].Is("it does not say what to use instead") : null;
}
