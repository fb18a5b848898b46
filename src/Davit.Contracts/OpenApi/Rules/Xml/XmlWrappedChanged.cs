using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Xml;

/// <summary>Readers look for the old form.</summary>
internal sealed class XmlWrappedChanged : IRule<SchemaPair>
{
    private static readonly RuleSpec Spec = Oas.Own("xml-wrapped-changed", Severity.Breaking, Side.Neither, "A list has an element of its own in XML, or has none any more.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemaPair pair) => XmlForm.Judge(pair, Spec, "wrapped", "false", "whether the list has an element of its own");
}
