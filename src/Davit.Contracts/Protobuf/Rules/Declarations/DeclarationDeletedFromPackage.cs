using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Protobuf.Rules.Files;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Declarations;

/// <summary>It can be moved to another file of the package; what is in none is gone.</summary>
internal sealed class DeclarationDeletedFromPackage : IRule<PackageDeclarationPair>
{
    private static readonly RuleSpec Message = Pb.Known("PACKAGE_MESSAGE_NO_DELETE", "A message is no longer in its package.");

    private static readonly RuleSpec Enum = Pb.Known("PACKAGE_ENUM_NO_DELETE", "An enum is no longer in its package.");

    private static readonly RuleSpec Service = Pb.Known("PACKAGE_SERVICE_NO_DELETE", "A service is no longer in its package.");

    private static readonly RuleSpec Extension = Pb.Known("PACKAGE_EXTENSION_NO_DELETE", "An extension is no longer in its package.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Message, Enum, Service, Extension];

    public static Verdict? Judge(PackageDeclarationPair pair) => pair.IsThere
        ? null
        : Of(pair.Old).Says($"the {pair.Element} is no longer in the package '{pair.Old.File.Package}'").ClaimedBy(Claimant(pair));

    /// <summary>Mostly something else tells it: the file is gone, or is of another package, or the file lacks it.</summary>
    private static RuleSpec? Claimant(PackageDeclarationPair pair) => pair switch
    {
        { IsLostOnMove: true } => pair.Old.IsDeprecated ? Lifecycles.RemovedWithDeprecation.Spec : null,
        { File: null } => FileDeleted.Spec,
        _ => pair.File.Package != pair.Old.File.Package ? FilePackageChanged.Spec : DeclarationDeleted.Specs[0],
    };

    private static RuleSpec Of(ProtoElement element) => element switch { ProtoMessage => Message, ProtoEnum => Enum, ProtoService => Service, _ => Extension };
}
