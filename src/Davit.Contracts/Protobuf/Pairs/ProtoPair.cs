using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Pairs;

/// <summary>The same element of two sets, or one that only one of them has.</summary>
internal abstract record ProtoPair
{
    /// <summary>Its full name.</summary>
    public abstract string Path { get; }

    /// <summary>As a reader calls it, such as <c>field acme.v1.Order.id</c>.</summary>
    public abstract string Element { get; }

    public abstract Place Before { get; }

    /// <summary>Where it is, or what is left around the place where it was.</summary>
    public abstract Place After { get; }

    /// <summary>What the old side says in one spelling; empty where it says nothing.</summary>
    public virtual string OldLine => Before.Element?.Line ?? "";

    public virtual string NewLine => After.Element?.Line ?? "";
}

/// <summary>An element, or a file as a whole, or nothing.</summary>
internal readonly record struct Place(ProtoFile? File, ProtoElement? Element)
{
    public static Place Nowhere => default;

    /// <summary>The first of them that is there.</summary>
    public static Place Of(params ReadOnlySpan<ProtoElement?> elements)
    {
        foreach (var element in elements)
        {
            if (element is not null)
                return new Place(element.File, element is ProtoFile ? null : element);
        }

        return Nowhere;
    }
}

/// <summary>Both sets. Files belong together by path.</summary>
/// <param name="MayRename">When each side is one file these belong together too, whatever they are called.</param>
internal sealed record SetPair(ProtoSet Old, ProtoSet New, bool MayRename)
{
    private readonly Dictionary<(string Old, string New), bool> _grown = [];

    /// <summary>An enum of the same short name has every value that the old one had. Many fields may ask it of the same two.</summary>
    public bool IsGrown(string old, string @new)
    {
        if (!_grown.TryGetValue((old, @new), out var isGrown))
            _grown[(old, @new)] = isGrown = Old.Enum(old) is { } before && New.Enum(@new) is { } now && IsGrown(before, now);
        return isGrown;
    }

    /// <summary>Null where it is gone.</summary>
    public ProtoFile? NewOf(ProtoFile old) => Partner(old, New);

    /// <summary>Null where it was not there.</summary>
    public ProtoFile? OldOf(ProtoFile @new) => Partner(@new, Old);

    private static bool IsGrown(ProtoEnum old, ProtoEnum @new) => old.Name == @new.Name
        && old.Values.All(o => @new.Numbers.TryGetValue(o.Name, out var number) && number == o.Number);

    private ProtoFile? Partner(ProtoFile file, ProtoSet other) =>
        other.Files.GetValueOrDefault(file.Name) ?? (MayRename && Old.Files.Count is 1 && New.Files.Count is 1 ? other.Files.Values.First() : null);
}

/// <summary>An element of which both sides are there.</summary>
internal sealed record ElementPair(ProtoElement Old, ProtoElement New) : ProtoPair
{
    public override string Path => New.FullName;

    public override string Element => New.Told;

    public override Place Before => Place.Of(Old);

    public override Place After => Place.Of(New);
}

/// <summary>Something that only the new set has, in something that both have.</summary>
internal sealed record AdditionPair(ProtoElement New) : ProtoPair
{
    public override string Path => New is ProtoFile ? New.Name : New.FullName;

    public override string Element => New is ProtoFile ? New.Line : New.Told;

    public override Place Before => Place.Nowhere;

    public override Place After => Place.Of(New);
}
