namespace Davit.Contracts.Documents;

internal enum NodeKind : byte
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
