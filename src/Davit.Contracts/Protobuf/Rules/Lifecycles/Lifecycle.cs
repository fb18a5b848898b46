using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Rules.Lifecycles;

/// <summary>Facts about the life of an element, told by a rule of its own for each kind.</summary>
internal static class Lifecycle
{
    /// <param name="fact">Such as <c>deprecated</c>.</param>
    /// <param name="told">The fact after the kind of the element.</param>
    public static ImmutableArray<RuleSpec> Specs(string fact, string told) =>
    [
        Pb.Own($"field-{fact}", Severity.Note, $"A field {told}."),
        Pb.Own($"message-{fact}", Severity.Note, $"A message {told}."),
        Pb.Own($"enum-value-{fact}", Severity.Note, $"A value of an enum {told}."),
        Pb.Own($"rpc-{fact}", Severity.Note, $"A method {told}."),
        Pb.Own($"service-{fact}", Severity.Note, $"A service {told}."),
    ];

    /// <param name="specs">What <see cref="Specs"/> made.</param>
    /// <returns>Null for a kind that has none.</returns>
    public static RuleSpec? Of(ProtoElement element, ImmutableArray<RuleSpec> specs) => element switch
    {
        ProtoField => specs[0],
        ProtoMessage => specs[1],
        ProtoEnumValue => specs[2],
        ProtoMethod => specs[3],
        ProtoService => specs[4],
        _ => null,
    };
}
