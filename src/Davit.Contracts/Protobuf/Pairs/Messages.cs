using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Pairs;

internal sealed record MessagePair(SetPair Of, ProtoMessage Old, ProtoMessage New) : ProtoPair
{
    public override string Path => New.FullName;

    public override string Element => New.Told;

    public override Place Before => Place.Of(Old);

    public override Place After => Place.Of(New);
}

/// <summary>A field of a message, by its number; or an extension, by what it extends and its number.</summary>
/// <param name="Of">Null for an extension.</param>
internal sealed record FieldPair(SetPair Sets, MessagePair? Of, ProtoField? Old, ProtoField? New) : ProtoPair
{
    public ProtoField Field => (New ?? Old)!;

    public bool IsKept => Old is not null && New is not null;

    /// <summary>The compiler made both of maps.</summary>
    public bool IsOfMapEntry => Old is { IsMapEntryField: true } && New is { IsMapEntryField: true };

    public bool IsNumberReserved => Of?.New.ReservedNumbers.Contains(Field.Number) is true;

    public bool IsNameReserved => Of?.New.ReservedNames.Contains(Field.Name) is true;

    /// <summary>It was deprecated, nothing can take its place, and nobody refuses messages without it.</summary>
    public bool IsAnnouncedRemoval => this is { New: null, Old: { IsDeprecated: true } old, IsNumberReserved: true, IsNameReserved: true } && old.Cardinality is not Cardinality.Required;

    public override string Path => Field.FullName;

    public override string Element => Field.Told;

    public override Place Before => Place.Of(Old, Of?.Old);

    public override Place After => Place.Of(New, Of?.New);

    public override string OldLine => Old?.Line ?? "";

    public override string NewLine => New?.Line ?? "";
}

/// <summary>A field that says <c>required</c> on one side at least.</summary>
internal sealed record RequiredPair(FieldPair Of) : ProtoPair
{
    public bool WasRequired => Of.Old is { SaysRequired: true };

    public bool IsRequired => Of.New is { SaysRequired: true };

    public override string Path => Of.Path;

    public override string Element => Of.Element;

    public override Place Before => Of.Before;

    public override Place After => IsRequired ? Of.After : Place.Of(Of.Of?.New);
}

/// <param name="New">Null where it is gone.</param>
internal sealed record OneofPair(MessagePair Of, ProtoOneof Old, ProtoOneof? New) : ProtoPair
{
    public override string Path => Old.FullName;

    public override string Element => Old.Told;

    public override Place Before => Place.Of(Of.Old);

    public override Place After => Place.Of(Of.New);

    public override string OldLine => Old.Line;

    public override string NewLine => New?.Line ?? "";
}

/// <summary>Numbers that were set aside in a message or enum.</summary>
/// <param name="Missing">What of it is no longer set aside.</param>
internal sealed record RangePair(ProtoElement Old, ProtoElement New, TagRange Range, IReadOnlyList<TagRange> Missing) : ProtoPair
{
    public override string Path => New.FullName;

    public override string Element => $"{New.Told} {Range}";

    public override Place Before => Place.Of(Old);

    public override Place After => Place.Of(New);

    public override string OldLine => $"{Range}";

    public override string NewLine => string.Join(", ", Missing);
}

/// <summary>A name that was set aside in a message or enum.</summary>
internal sealed record ReservedNamePair(ProtoElement Old, ProtoElement New, string Name, bool IsThere) : ProtoPair
{
    public override string Path => New.FullName;

    public override string Element => $"{New.Told} {Name}";

    public override Place Before => Place.Of(Old);

    public override Place After => Place.Of(New);

    public override string OldLine => Name;

    public override string NewLine => "";
}
