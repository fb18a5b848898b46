using Davit.Contracts.Avro.Resolution;
using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Avro.Pairs;

/// <summary>Two schemas at the same place, neither of them a union.</summary>
internal sealed record TypePair(AvroType Old, AvroType New)
{
    public bool IsSameKind => Old.Kind == New.Kind;

    public bool IsNamed => IsSameKind && Old.IsNamed && Old.Name != New.Name;

    public bool NewKnowsOldName => New.Aliases.Contains(Old.Name);

    public bool OldKnowsNewName => Old.Aliases.Contains(New.Name);

    /// <summary>Only the namespace differs, and no alias helps.</summary>
    public bool IsMoved => IsNamed && Old.Name.Local == New.Name.Local && !NewKnowsOldName;
}

/// <summary>Two schemas at the same place, at least one of them a union.</summary>
/// <param name="Paired">Branches that both have.</param>
/// <param name="Default">The default of the new field that the union is the type of.</param>
internal sealed record UnionPair(AvroType Old, AvroType New, IReadOnlyList<(AvroType Old, AvroType New)> Paired, Node Default)
{
    public bool NewReadsOld { get; } = AvroResolution.Read(Old, New) is null;

    public bool OldReadsNew { get; } = AvroResolution.Read(New, Old) is null;

    public bool IsWrapped => !Old.IsUnion && New.IsUnion && !IsUnrelated;

    public bool IsUnwrapped => Old.IsUnion && !New.IsUnion && !IsUnrelated;

    /// <summary>A union on one side only, and nothing of it on the other.</summary>
    public bool IsUnrelated => Old.IsUnion != New.IsUnion && Paired is [] && !NewReadsOld && !OldReadsNew;

    public bool IsReordered => Old.IsUnion && New.IsUnion && Paired.Count == Old.Inner.Count && Paired.Count == New.Inner.Count
        && !Paired.Select(p => p.New).SequenceEqual(New.Inner);

    public bool IsDefaultMisfit => Default.Exists && !AvroDefaults.Fits(New, Default);
}

/// <summary>One branch that only one of two unions has.</summary>
/// <param name="IsResolved">The other union reads it all the same.</param>
internal sealed record BranchPair(AvroType? Old, AvroType? New, bool IsResolved);

/// <summary>One field; null where a side does not have it.</summary>
/// <param name="IsRename">Both are there under two names, and only the likeness of their places and types says so.</param>
internal sealed record FieldPair(AvroField? Old, AvroField? New, bool IsRename = false)
{
    public bool IsAdded => Old is null;

    public bool IsRemoved => New is null;
}

/// <summary>One symbol of an enum; null where a side does not have it.</summary>
internal sealed record SymbolPair(TypePair Of, string? Old, string? New);

/// <summary>One other name of a type or a field; null where a side does not have it.</summary>
internal sealed record AliasPair(string? Old, string? New);

/// <summary>One attribute that the specification gives no meaning for data.</summary>
internal sealed record PropertyPair(string Name, Node Old, Node New);

/// <summary>One named type of two protocols; null where a side does not have it.</summary>
internal sealed record DeclarationPair(AvroType? Old, AvroType? New);

/// <summary>Two whole schemas, after everything in them was judged.</summary>
/// <param name="IsToldBackward">A rule already says that new readers fail.</param>
/// <param name="IsToldForward">A rule already says that old readers fail.</param>
internal sealed record WholePair(AvroType Old, AvroType New, bool IsToldBackward, bool IsToldForward);
