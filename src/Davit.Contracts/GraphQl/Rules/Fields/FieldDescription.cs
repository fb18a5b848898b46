using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules.Fields;

/// <summary>Consumers read it; nothing depends on it.</summary>
internal sealed class FieldDescription : IRule<FieldPair>
{
    private static readonly RuleSpec Added = Gql.Known("FIELD_DESCRIPTION_ADDED", Severity.Note, Side.Neither, "A field is now described.");

    private static readonly RuleSpec Changed = Gql.Known("FIELD_DESCRIPTION_CHANGED", Severity.Note, Side.Neither, "A field is described in other words.");

    private static readonly RuleSpec Removed = Gql.Known("FIELD_DESCRIPTION_REMOVED", Severity.Note, Side.Neither, "A field is no longer described.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, Changed, Removed];

    public static Verdict? Judge(FieldPair pair) => pair.New is null ? null : Described.Compare(pair.Old?.Description, pair.New.Description) switch
    {
        Wording.Added => Added.Says($"the {pair.Element} is now described"),
        Wording.Changed => Changed.Says($"the {pair.Element} is described in other words"),
        Wording.Removed => Removed.Says($"the {pair.Element} is no longer described"),
        _ => null,
    };
}
