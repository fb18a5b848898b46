using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Fields;

/// <summary>Groups of types and cardinalities whose members may replace each other: what one wrote the other reads.</summary>
internal static class Compatibility
{
    public static int Wire(Cardinality cardinality) => cardinality switch { Cardinality.Implicit => (int)Cardinality.Explicit, Cardinality.Map => (int)Cardinality.Repeated, _ => (int)cardinality };

    public static int Json(Cardinality cardinality) => cardinality is Cardinality.Implicit ? (int)Cardinality.Explicit : (int)cardinality;

    public static FieldKind Wire(FieldKind kind) => kind switch
    {
        FieldKind.Int64 or FieldKind.UInt32 or FieldKind.UInt64 or FieldKind.Bool => FieldKind.Int32,
        FieldKind.SInt64 => FieldKind.SInt32,
        FieldKind.SFixed32 => FieldKind.Fixed32,
        FieldKind.SFixed64 => FieldKind.Fixed64,
        _ => kind,
    };

    public static FieldKind Json(FieldKind kind) => kind switch
    {
        FieldKind.UInt32 => FieldKind.Int32,
        FieldKind.UInt64 => FieldKind.Int64,
        FieldKind.SFixed32 => FieldKind.Fixed32,
        FieldKind.SFixed64 => FieldKind.Fixed64,
        _ => kind,
    };

    /// <summary>A named type was replaced by one that is not the same under another name.</summary>
    public static bool IsOtherType(FieldPair pair)
    {
        var (old, @new) = (pair.Old!, pair.New!);
        if (old.TypeName == @new.TypeName)
            return false;
        return @new.Kind is not FieldKind.Enum || !pair.Sets.IsGrown(old.TypeName, @new.TypeName);
    }

    /// <summary>Where the type stands: a scalar's word, or the name of a message or enum.</summary>
    public static SourceSpot TypeSpot(ProtoField field) => field.Kind is FieldKind.Message or FieldKind.Group or FieldKind.Enum ? Pb.At(6) : Pb.At(5);
}
