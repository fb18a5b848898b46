using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>The table of contents of every rule about Avro. A rule that is not listed does not run, and a test says so.</summary>
internal static class AvroRules
{
    public static ImmutableArray<Rule<TypePair>> Types { get; } =
    [
        Rule<TypePair>.Of<TypeChanged>(),
        Rule<TypePair>.Of<TypePromoted>(),
        Rule<TypePair>.Of<NameChanged>(),
        Rule<TypePair>.Of<NamespaceChanged>(),
        Rule<TypePair>.Of<FixedSizeChanged>(),
        Rule<TypePair>.Of<EnumDefaultChanged>(),
        Rule<TypePair>.Of<EnumSymbolReordered>(),
        Rule<TypePair>.Of<FieldReordered>(),
        Rule<TypePair>.Of<LogicalTypeChanged>(),
        Rule<TypePair>.Of<DecimalChanged>(),
    ];

    public static ImmutableArray<Rule<SymbolPair>> Symbols { get; } =
    [
        Rule<SymbolPair>.Of<EnumSymbolChanged>(),
    ];

    public static ImmutableArray<Rule<UnionPair>> Unions { get; } =
    [
        Rule<UnionPair>.Of<UnionUnrelated>(),
        Rule<UnionPair>.Of<WrappedInUnion>(),
        Rule<UnionPair>.Of<UnwrappedFromUnion>(),
        Rule<UnionPair>.Of<UnionReordered>(),
    ];

    public static ImmutableArray<Rule<BranchPair>> Branches { get; } =
    [
        Rule<BranchPair>.Of<UnionBranchChanged>(),
    ];

    public static ImmutableArray<Rule<FieldPair>> Fields { get; } =
    [
        Rule<FieldPair>.Of<FieldAdded>(),
        Rule<FieldPair>.Of<FieldRemoved>(),
        Rule<FieldPair>.Of<FieldRenamed>(),
        Rule<FieldPair>.Of<FieldDefaultChanged>(),
        Rule<FieldPair>.Of<OrderChanged>(),
    ];

    public static ImmutableArray<Rule<AliasPair>> Aliases { get; } =
    [
        Rule<AliasPair>.Of<AliasChanged>(),
    ];

    public static ImmutableArray<Rule<PropertyPair>> Properties { get; } =
    [
        Rule<PropertyPair>.Of<PropertyChanged>(),
    ];

    public static ImmutableArray<Rule<DeclarationPair>> Declarations { get; } =
    [
        Rule<DeclarationPair>.Of<DeclarationChanged>(),
    ];

    public static ImmutableArray<Rule<WholePair>> Wholes { get; } =
    [
        Rule<WholePair>.Of<DataUnreadable>(),
    ];

    public static IEnumerable<RuleSpec> All =>
    [
        .. Types.SelectMany(r => r.Specs),
        .. Symbols.SelectMany(r => r.Specs),
        .. Unions.SelectMany(r => r.Specs),
        .. Branches.SelectMany(r => r.Specs),
        .. Fields.SelectMany(r => r.Specs),
        .. Aliases.SelectMany(r => r.Specs),
        .. Properties.SelectMany(r => r.Specs),
        .. Declarations.SelectMany(r => r.Specs),
        .. Wholes.SelectMany(r => r.Specs),
    ];
}
