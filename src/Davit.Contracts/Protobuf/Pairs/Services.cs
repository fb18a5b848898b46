using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Pairs;

internal sealed record ServicePair(ProtoService Old, ProtoService New);

/// <param name="New">Null where it is gone.</param>
internal sealed record MethodPair(ServicePair Of, ProtoMethod Old, ProtoMethod? New) : ProtoPair
{
    public override string Path => Old.FullName;

    public override string Element => Old.Told;

    public override Place Before => Place.Of(New is null ? Of.Old : Old);

    public override Place After => Place.Of(New, Of.New);

    public override string OldLine => Old.Line;

    public override string NewLine => New?.Line ?? "";
}

/// <summary>One way in which a method can be called over HTTP.</summary>
/// <param name="Old">Null where it is new.</param>
/// <param name="New">Null where it is gone.</param>
internal sealed record BindingPair(MethodPair Of, HttpBinding? Old, HttpBinding? New) : ProtoPair
{
    public override string Path => Of.Path;

    public override string Element => $"{Of.Element} {Old ?? New}";

    public override Place Before => Of.Before;

    public override Place After => Of.After;

    public override string OldLine => Old?.Line ?? "";

    public override string NewLine => New?.Line ?? "";
}
