using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Declarations;

/// <summary>Generated code of the file lacks it; who used it does not build.</summary>
internal sealed class DeclarationDeleted : IRule<FileDeclarationPair>
{
    private static readonly RuleSpec Message = Pb.Known("MESSAGE_NO_DELETE", "A message is no longer in its file.");

    private static readonly RuleSpec Enum = Pb.Known("ENUM_NO_DELETE", "An enum is no longer in its file.");

    private static readonly RuleSpec Service = Pb.Known("SERVICE_NO_DELETE", "A service is no longer in its file.");

    private static readonly RuleSpec Extension = Pb.Known("EXTENSION_NO_DELETE", "An extension is no longer in its file.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Message, Enum, Service, Extension];

    public static Verdict? Judge(FileDeclarationPair pair) => pair.IsThere
        ? null
        : Of(pair.Old).Says($"the {pair.Element} is no longer in '{pair.File.Name}'").ClaimedBy(Claimant(pair));

    /// <summary>What is gone with something else is told with it.</summary>
    private static RuleSpec? Claimant(FileDeclarationPair pair) => pair switch
    {
        { IsMoved: true } => DeclarationMoved.Spec,
        { IsGoneWithParent: true } => Message,
        { Old: ProtoMessage { IsMapEntry: true } } => Fields.FieldTypeChanged.Spec,
        { IsAnnouncedRemoval: true } => Lifecycles.RemovedWithDeprecation.Spec,
        _ => null,
    };

    private static RuleSpec Of(ProtoElement element) => element switch { ProtoMessage => Message, ProtoEnum => Enum, ProtoService => Service, _ => Extension };
}
