using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Files;

/// <summary>Every name in it is another one, in code, in JSON of Any and in paths of calls.</summary>
internal sealed class FilePackageChanged : IRule<FilePair>
{
    internal static readonly RuleSpec Spec = Pb.Known("FILE_SAME_PACKAGE", "A file is of another package.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FilePair pair) => pair.New is { } @new && pair.Old.Package != @new.Package
        ? Spec.Says($"the package was '{pair.Old.Package}' and is '{@new.Package}'").On(Pb.InFile(2))
        : null;
}
