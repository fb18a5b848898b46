using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Pairs;

/// <summary>One behaviour of <c>google.api.field_behavior</c> on a field of a message that both sides have.</summary>
/// <param name="Behavior">Its number.</param>
internal sealed record BehaviorPair(FieldPair Of, int Behavior, bool WasSaid, bool IsSaid) : ProtoPair
{
    /// <summary>Consumers send the message.</summary>
    public bool IsSent => Of.Of is { } message && Of.Sets.New.Uses.IsSent(message.New);

    public override string Path => Of.Path;

    public override string Element => Of.Element;

    public override Place Before => Of.Before;

    public override Place After => Of.After;

    public override string OldLine => Of.OldLine;

    public override string NewLine => Of.NewLine;
}

/// <summary>An option that is no part of the language and has no rule of its own.</summary>
internal sealed record OptionPair(ElementPair Of, int Number, ReadOnlyMemory<byte> Old, ReadOnlyMemory<byte> New) : ProtoPair
{
    /// <summary>As its definition names it, where that is in the set.</summary>
    public string Name => (Of.New.File.Set.Extension(Annotations.OptionsOf(Of.New), Number) ?? Of.Old.File.Set.Extension(Annotations.OptionsOf(Of.Old), Number))?.FullName ?? $"{Number}";

    /// <summary>The field of the element that holds its options.</summary>
    public int Options => Of.New switch { ProtoField or ProtoFile => 8, ProtoMessage => 7, ProtoMethod => 4, ProtoOneof => 2, _ => 3 };

    public override string Path => Of.New is ProtoFile file ? file.Name : Of.Path;

    public override string Element => Of.New is ProtoFile file ? file.Line : Of.Element;

    public override Place Before => Of.Before;

    public override Place After => Of.After;

    public override string OldLine => Convert.ToHexStringLower(Old.Span);

    public override string NewLine => Convert.ToHexStringLower(New.Span);
}

/// <summary>A standard rule of <c>buf.validate</c> on a field that both sides have.</summary>
internal sealed record ConstraintPair(FieldPair Of, Constraint? Old, Constraint? New) : ProtoPair
{
    public bool IsSent => Of.Of is { } message && Of.Sets.New.Uses.IsSent(message.New);

    public bool IsReceived => Of.Of is { } message && Of.Sets.New.Uses.IsReceived(message.New);

    public override string Path => Of.Path;

    public override string Element => $"{Of.Element} {(Old ?? New)!.Name}";

    public override Place Before => Of.Before;

    public override Place After => Of.After;

    public override string OldLine => Old?.Told ?? "";

    public override string NewLine => New?.Told ?? "";
}
