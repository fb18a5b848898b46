using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Xml;

/// <summary>Readers look for the old form.</summary>
internal sealed class XmlNodeTypeChanged : IRule<SchemaPair>
{
    private static readonly RuleSpec Spec = Oas.Own("xml-node-type-changed", Severity.Breaking, Side.Neither, "A value is another kind of node in XML.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemaPair pair) => XmlForm.Judge(pair, Spec, "nodeType", "", "the kind of node");
}
