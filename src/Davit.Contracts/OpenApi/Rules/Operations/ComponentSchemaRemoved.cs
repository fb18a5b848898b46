using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Others may refer to it.</summary>
internal sealed class ComponentSchemaRemoved : IRule<NamePair>
{
    private static readonly RuleSpec Spec = Oas.Known("api-schema-removed", Severity.Note, Side.Neither, "A named schema is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(NamePair pair) => pair is { List: "schemas", IsRemoved: true } ? Spec.Says($"the schema '{pair.Name}' is gone") : null;
}
