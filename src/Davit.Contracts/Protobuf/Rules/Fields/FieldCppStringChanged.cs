using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>C++ code that reads it has another type.</summary>
internal sealed class FieldCppStringChanged : IRule<FieldPair>
{
    private static readonly RuleSpec Spec = Pb.Known("FIELD_SAME_CPP_STRING_TYPE", "C++ keeps the text of a field in another type.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(FieldPair pair) => pair is { IsOfMapEntry: false, Old: { } old, New: { } @new } && old.Kind.IsText() && @new.Kind.IsText() && IsChanged(old.CppString, @new.CppString)
        ? Spec.Says($"C++ kept the {pair.Element} as {old.CppString.ToString().ToUpperInvariant()} and keeps it as {@new.CppString.ToString().ToUpperInvariant()}").On(Pb.At(8, 1), Pb.At(8, 21, 1000, 2), Pb.At(8, 21, 1000), Pb.At(8, 21))
        : null;

    /// <summary>A string can do all that a piece can.</summary>
    private static bool IsChanged(CppString old, CppString @new) => old != @new && !(old is CppString.StringPiece && @new is CppString.String);
}
