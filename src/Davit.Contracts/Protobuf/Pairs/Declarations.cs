using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Pairs;

/// <summary>A message, enum, service or extension of the old set, and the file in which it should still be.</summary>
/// <param name="File">What the file that it is in became.</param>
internal sealed record FileDeclarationPair(SetPair Of, ProtoElement Old, ProtoFile File) : ProtoPair
{
    public bool IsThere => Found(Old) is not null;

    /// <summary>What it stood in is gone too, and is nowhere else.</summary>
    public bool IsGoneWithParent => Old.Parent is ProtoMessage parent && Found(parent) is null && Of.New.Like(parent, parent.FullName) is null;

    /// <summary>It is in another file now.</summary>
    public bool IsMoved => Of.New.Like(Old, Old.FullName) is not null;

    /// <summary>It is gone for itself, and was deprecated.</summary>
    public bool IsAnnouncedRemoval => Old is { IsDeprecated: true } and not ProtoMessage { IsMapEntry: true } && this is { IsThere: false, IsMoved: false, IsGoneWithParent: false };

    public override string Path => Old.FullName;

    public override string Element => Old.Told;

    public override Place Before => Place.Of(Old);

    public override Place After => Place.Of(Old is ProtoService ? null : Around(), File);

    public override string NewLine => "";

    private ProtoElement? Found(ProtoElement element)
    {
        var name = File.Package is "" ? element.NestedName : $"{File.Package}.{element.NestedName}";
        return Of.New.Like(element, name) is { } found && found.File == File ? found : null;
    }

    private ProtoElement? Around()
    {
        var parent = Old.Parent;
        while (parent is ProtoMessage && Found(parent) is null)
            parent = parent.Parent;
        return parent is ProtoMessage ? Found(parent) : null;
    }
}

/// <summary>A message, enum, service or extension of the old set, and the package in which it should still be.</summary>
/// <param name="File">What the file that it is in became; null where it is gone.</param>
internal sealed record PackageDeclarationPair(SetPair Of, ProtoElement Old, ProtoFile? File) : ProtoPair
{
    public bool IsThere => Found(Old) is not null;

    /// <summary>What it stood in moved to another file and came there without it.</summary>
    public bool IsLostOnMove => File is null && !IsThere && Old is { Parent: ProtoMessage parent } and not ProtoMessage { IsMapEntry: true } && Found(parent) is not null;

    public override string Path => Old.FullName;

    public override string Element => Old.Told;

    public override Place Before => Place.Of(Old);

    public override Place After => File is null ? Place.Nowhere : Place.Of(Old is ProtoService ? null : Around(), File);

    public override string NewLine => "";

    private ProtoElement? Found(ProtoElement element) => Of.New.Like(element, element.FullName) is { } found && found.File.Package == Old.File.Package ? found : null;

    /// <summary>Messages may be looked for in all files of the package, what else there is only in the same.</summary>
    private ProtoElement? Around()
    {
        var parent = Old.Parent;
        while (parent is ProtoMessage && !IsAround(parent))
            parent = parent.Parent;
        return parent is ProtoMessage ? Found(parent) : null;
    }

    private bool IsAround(ProtoElement parent) => Found(parent) is { } found && (Old is ProtoMessage || found.File == File);
}

/// <summary>A declaration that both sides have, in the same file or in another one.</summary>
internal sealed record MovePair(ProtoElement Old, ProtoElement New, bool IsMoved) : ProtoPair
{
    public override string Path => New.FullName;

    public override string Element => New.Told;

    public override Place Before => Place.Of(Old);

    public override Place After => Place.Of(New);
}
