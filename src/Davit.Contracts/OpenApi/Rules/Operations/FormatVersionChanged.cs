using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Tools must know the version.</summary>
internal sealed class FormatVersionChanged : IRule<NamePair>
{
    private static readonly RuleSpec Raised = Oas.Own("openapi-version-raised", Severity.Note, Side.Neither, "The document is written in a later version of OpenAPI.");

    private static readonly RuleSpec Lowered = Oas.Own("openapi-version-lowered", Severity.Warning, Side.Neither, "The document is written in an earlier version of OpenAPI.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Raised, Lowered];

    public static Verdict? Judge(NamePair pair) => pair is not { List: "openapi" } || Rank(pair.Old) == Rank(pair.New) ? null
        : (Rank(pair.New) > Rank(pair.Old) ? Raised : Lowered).Says($"the document is OpenAPI {pair.New.Scalar} now, not {pair.Old.Scalar}");

    /// <summary>What is fixed within a version says nothing.</summary>
    private static int Rank(Node version) => version.Scalar switch { ['3', '.', var minor, ..] => 30 + minor - '0', _ => 20 };
}
