using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>It says nothing about the data.</summary>
internal sealed class PropertyChanged : IRule<PropertyPair>
{
    private static readonly RuleSpec Doc = Avr.Tells("doc-changed", "The description is another one.");

    private static readonly RuleSpec Other = Avr.Tells("property-changed", "An attribute that has no meaning for data is another one.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Doc, Other];

    public static Verdict? Judge(PropertyPair pair) =>
        pair.Old.Exists == pair.New.Exists && (!pair.Old.Exists || NodeEquality.Same(pair.Old, pair.New)) ? null : (pair.Name is "doc" ? Doc : Other).Says($"`{pair.Name}` changed");
}
