using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Files;

/// <summary>Whoever imports it finds it no more.</summary>
internal sealed class FileDeleted : IRule<FilePair>
{
    internal static readonly RuleSpec Spec = Pb.Known("FILE_NO_DELETE", "A file is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FilePair pair) => pair.New is null
        ? Spec.Says($"the file '{pair.Old.Name}' is gone").ClaimedBy(pair.IsMoved ? Declarations.DeclarationMoved.Spec : null)
        : null;
}
