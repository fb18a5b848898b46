using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Xml;

/// <summary>Readers look in the old namespace.</summary>
internal sealed class XmlNamespaceChanged : IRule<SchemaPair>
{
    private static readonly RuleSpec Spec = Oas.Own("xml-namespace-changed", Severity.Breaking, Side.Neither, "An element or attribute of XML is in another namespace.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemaPair pair) => XmlForm.Judge(pair, Spec, "namespace", "", "the namespace");
}
