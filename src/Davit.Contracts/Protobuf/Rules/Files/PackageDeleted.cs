using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Files;

/// <summary>Nothing is left under its name.</summary>
internal sealed class PackageDeleted : IRule<PackagePair>
{
    private static readonly RuleSpec Spec = Pb.Known("PACKAGE_NO_DELETE", "A package is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(PackagePair pair) => pair.IsThere
        ? null
        : Spec.Says($"the package '{pair.Name}' is gone").ClaimedBy(pair.Of.New.Files.ContainsKey(pair.First.Name) ? FilePackageChanged.Spec : FileDeleted.Spec);
}
