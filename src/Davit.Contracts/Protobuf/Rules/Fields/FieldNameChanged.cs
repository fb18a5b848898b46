using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Generated code, JSON and field masks name it otherwise.</summary>
internal sealed class FieldNameChanged : IRule<FieldPair>
{
    internal static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_NAME", "A field has another name.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { } old, New: { } @new } && Name(old) != Name(@new)
        ? Spec.Says($"the {pair.Element} (number {@new.Number}) was named '{Name(old)}' and is named '{Name(@new)}'").On(Pb.At(1))
        : null;

    /// <summary>Extensions are known by their full name.</summary>
    private static string Name(ProtoField field) => field.IsExtension ? field.FullName : field.Name;
}
