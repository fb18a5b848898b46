using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Pairs;

/// <summary>Something that the new set does not have.</summary>
/// <param name="IsAnnounced">It was deprecated, and nothing can take its number and name.</param>
internal sealed record RemovalPair(ProtoElement Old, Place Left, bool IsAnnounced) : ProtoPair
{
    public override string Path => Old.FullName;

    public override string Element => Old.Told;

    public override Place Before => Place.Of(Old);

    public override Place After => Left;

    public override string NewLine => "";
}
