using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Files;

/// <summary>Every element behaves as before.</summary>
internal sealed class FeaturesEqualSyntax : IRule<FilePair>
{
    internal static readonly RuleSpec Spec = Pb.Own("syntax-changed-features-equal", Severity.Note, "A file is written in another syntax or edition, and everything in it behaves as before.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FilePair pair) => pair.New is { } @new && pair.Old.Syntax != @new.Syntax && pair.HasSameFeatures
        ? Spec.Says($"the syntax was {pair.Old.Syntax} and is {@new.Syntax}; everything behaves as before").On(Pb.InFile(12), Pb.InFile(14))
        : null;
}
