using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>JavaScript code gets text instead of a number, or the reverse.</summary>
internal sealed class FieldJsTypeChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_JSTYPE", "JavaScript shows a field as another type.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { Old: { } old, New: { } @new } && old.Kind.IsLong() && @new.Kind.IsLong() && old.JsType != @new.JsType
        ? Spec.Says($"JavaScript showed the {pair.Element} as {Told(old.JsType)} and shows it as {Told(@new.JsType)}").On(Pb.At(8, 6))
        : null;

    private static string Told(int type) => type switch { 1 => "text", 2 => "a number", _ => "usual" };
}
