using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Xml;

/// <summary>Readers look for the old form.</summary>
internal sealed class XmlAttributeChanged : IRule<SchemaPair>
{
    private static readonly RuleSpec Spec = Oas.Own("xml-attribute-changed", Severity.Breaking, Side.Neither, "A value became an attribute of XML, or an element.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemaPair pair) => XmlForm.Judge(pair, Spec, "attribute", "false", "whether it is an attribute");
}
