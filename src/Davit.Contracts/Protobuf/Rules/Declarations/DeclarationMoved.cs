using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Declarations;

/// <summary>Its name is the same, and with it everything on the wire; imports and some generated code change.</summary>
internal sealed class DeclarationMoved : IRule<MovePair>
{
    internal static readonly RuleSpec Spec = Pb.Own("message-moved", Severity.Note, "A message, enum, service or extension is declared in another file.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(MovePair pair) => pair.IsMoved
        ? Spec.Says($"the {pair.Element} was declared in '{pair.Old.File.Name}' and is declared in '{pair.New.File.Name}'")
        : null;
}
