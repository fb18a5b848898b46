using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Xml;

/// <summary>Readers that keep to namespaces do not notice.</summary>
internal sealed class XmlPrefixChanged : IRule<SchemaPair>
{
    private static readonly RuleSpec Spec = Oas.Own("xml-prefix-changed", Severity.Warning, Side.Neither, "An element or attribute of XML has another prefix.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemaPair pair) => XmlForm.Judge(pair, Spec, "prefix", "", "the prefix");
}
