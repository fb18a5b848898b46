using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Declarations;

/// <summary>Nobody knows it yet. A value of a closed enum is not understood by who reads with the old one.</summary>
internal sealed class Added : IRule<AdditionPair>
{
    private static readonly RuleSpec File = Pb.Own("file-added", Severity.Note, "A file is new.");

    private static readonly RuleSpec Message = Pb.Own("message-added", Severity.Note, "A message is new.");

    private static readonly RuleSpec Field = Pb.Own("field-added", Severity.Note, "A field is new.");

    private static readonly RuleSpec Enum = Pb.Own("enum-added", Severity.Note, "An enum is new.");

    private static readonly RuleSpec EnumValue = Pb.Own("enum-value-added", Severity.Note, "An enum value is new.");

    private static readonly RuleSpec Service = Pb.Own("service-added", Severity.Note, "A service is new.");

    private static readonly RuleSpec Rpc = Pb.Own("rpc-added", Severity.Note, "A method is new.");

    private static readonly RuleSpec Oneof = Pb.Own("oneof-added", Severity.Note, "A oneof is new.");

    private static readonly RuleSpec Extension = Pb.Own("extension-added", Severity.Note, "An extension is new.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [File, Message, Field, Enum, EnumValue, Service, Rpc, Oneof, Extension];

    public static Verdict? Judge(AdditionPair pair) => pair.New switch
    {
        ProtoFile => File.Says($"the {pair.Element} is new"),
        ProtoEnumValue value => EnumValue.Says($"the {pair.Element} is new").Graded(value.Parent!.Features.IsClosedEnum ? Severity.Warning : Severity.Note),
        ProtoMessage => Message.Says($"the {pair.Element} is new"),
        ProtoEnum => Enum.Says($"the {pair.Element} is new"),
        ProtoService => Service.Says($"the {pair.Element} is new"),
        ProtoMethod => Rpc.Says($"the {pair.Element} is new"),
        ProtoOneof => Oneof.Says($"the {pair.Element} is new"),
        ProtoField { IsExtension: true } => Extension.Says($"the {pair.Element} is new"),
        ProtoField { Oneof: not null } => null,
        _ => Field.Says($"the {pair.Element} is new"),
    };
}
