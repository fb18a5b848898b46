namespace Davit.Contracts.Protobuf.Model;

/// <summary>The numbers are those of descriptors.</summary>
internal enum FieldKind
{
    /// <summary>The compiler left it to who looks up the name of the type.</summary>
    Unresolved = 0,

    Double,
    Float,
    Int64,
    UInt64,
    Int32,
    Fixed64,
    Fixed32,
    Bool,
    String,
    Group,
    Message,
    Bytes,
    UInt32,
    Enum,
    SFixed32,
    SFixed64,
    SInt32,
    SInt64,
}

internal enum Cardinality
{
    Implicit,
    Explicit,
    Required,
    Repeated,
    Map,
}

internal static class Kinds
{
    public static string Word(this FieldKind kind) => kind.ToString().ToLowerInvariant();

    public static string Word(this Cardinality cardinality) => cardinality switch
    {
        Cardinality.Implicit => "",
        Cardinality.Explicit => "optional",
        _ => cardinality.ToString().ToLowerInvariant(),
    };

    public static bool IsText(this FieldKind kind) => kind is FieldKind.String or FieldKind.Bytes;

    public static bool IsLong(this FieldKind kind) => kind is FieldKind.Int64 or FieldKind.UInt64 or FieldKind.SInt64 or FieldKind.Fixed64 or FieldKind.SFixed64;
}
