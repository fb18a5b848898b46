using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf.Pairs;

internal sealed record EnumPair(ProtoEnum Old, ProtoEnum New) : ProtoPair
{
    public override string Path => New.FullName;

    public override string Element => New.Told;

    public override Place Before => Place.Of(Old);

    public override Place After => Place.Of(New);
}

/// <summary>A number of an enum that the old side has, and everything that is named by it.</summary>
internal sealed record EnumNumberPair(EnumPair Of, int Number, IReadOnlyList<ProtoEnumValue> Old, IReadOnlyList<ProtoEnumValue> New) : ProtoPair
{
    public string OldNames { get; } = Names(Old);

    public string NewNames { get; } = Names(New);

    /// <summary>A name that the number had is gone.</summary>
    public bool HasLostName { get; } = Old.Select(o => o.Name).Except(New.Select(n => n.Name), StringComparer.Ordinal).Any();

    public bool IsNumberReserved => Of.New.ReservedNumbers.Contains(Number);

    public bool AreNamesReserved => Old.All(o => Of.New.ReservedNames.Contains(o.Name));

    public override string Path => Of.Path;

    public override string Element => $"{Of.Element} {Number}";

    public override Place Before => Of.Before;

    public override Place After => Of.After;

    public override string OldLine => OldNames;

    public override string NewLine => NewNames;

    private static string Names(IEnumerable<ProtoEnumValue> values) => string.Join(", ", values.Select(v => $"'{v.Name}'").Order(StringComparer.Ordinal));
}

/// <summary>A name of a number.</summary>
/// <param name="Old">Null where the name is new for the number.</param>
internal sealed record EnumValuePair(EnumNumberPair Of, ProtoEnumValue? Old, ProtoEnumValue New) : ProtoPair
{
    public override string Path => New.FullName;

    public override string Element => New.Told;

    public override Place Before => Place.Of(Old, Of.Of.Old);

    public override Place After => Place.Of(New);

    public override string OldLine => Of.OldNames;

    public override string NewLine => Of.NewNames;
}
