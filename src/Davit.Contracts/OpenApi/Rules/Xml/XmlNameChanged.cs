using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Xml;

/// <summary>Readers look for the old name.</summary>
internal sealed class XmlNameChanged : IRule<SchemaPair>
{
    private static readonly RuleSpec Spec = Oas.Own("xml-name-changed", Severity.Breaking, Side.Neither, "An element or attribute of XML has another name.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemaPair pair) => XmlForm.Judge(pair, Spec, "name", "", "the name of the element");
}
