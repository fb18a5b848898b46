using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>JSON of the other side names it otherwise.</summary>
internal sealed class FieldJsonNameChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_JSON_NAME", "A field has another name in JSON.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { IsExtension: false } old, New: { } @new } && old.JsonName != @new.JsonName
        ? Spec.Says($"the {pair.Element} was named '{old.JsonName}' in JSON and is named '{@new.JsonName}'").On(Pb.Named("json_name", 10)).ClaimedBy(old.Name != @new.Name && IsDerived(old) && IsDerived(@new) ? FieldNameChanged.Spec : null)
        : null;

    private static bool IsDerived(ProtoField field) => field.JsonName == field.DerivedJsonName;
}
