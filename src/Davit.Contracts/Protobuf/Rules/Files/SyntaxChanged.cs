using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Files;

/// <summary>Another syntax brings other defaults; where none of them makes a difference only the text changed.</summary>
internal sealed class SyntaxChanged : IRule<FilePair>
{
    private static readonly RuleSpec Known = Pb.Known("FILE_SAME_SYNTAX", "A file is written in another syntax or edition.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Known];

    public static Verdict? Judge(FilePair pair) => pair.New is { } @new && Kind(pair.Old) != Kind(@new)
        ? Known.Says($"the syntax was {pair.Old.Syntax} and is {@new.Syntax}").On(Pb.InFile(12), Pb.InFile(14)).ClaimedBy(pair.HasSameFeatures ? FeaturesEqualSyntax.Spec : null)
        : null;

    /// <summary>All editions are one: their features tell what differs.</summary>
    private static string Kind(ProtoFile file) => file.Edition is Edition.Proto2 or Edition.Proto3 ? file.Syntax : "editions";
}
