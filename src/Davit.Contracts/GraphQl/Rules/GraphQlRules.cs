using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.GraphQl.Rules.Arguments;
using Davit.Contracts.GraphQl.Rules.Directives;
using Davit.Contracts.GraphQl.Rules.Enums;
using Davit.Contracts.GraphQl.Rules.Fields;
using Davit.Contracts.GraphQl.Rules.Inputs;
using Davit.Contracts.GraphQl.Rules.Lifecycles;
using Davit.Contracts.GraphQl.Rules.Roots;
using Davit.Contracts.GraphQl.Rules.Types;
using Davit.Contracts.GraphQl.Rules.Unions;
using Davit.Contracts.GraphQl.Rules.Uses;
using Davit.Contracts.Rules;

namespace Davit.Contracts.GraphQl.Rules;

/// <summary>The table of contents of every rule about GraphQL. A rule that is not listed does not run, and a test says so.</summary>
internal static class GraphQlRules
{
    public static ImmutableArray<Rule<RootPair>> Roots { get; } =
    [
        Rule<RootPair>.Of<RootTypeChanged>(),
    ];

    public static ImmutableArray<Rule<TypePair>> Types { get; } =
    [
        Rule<TypePair>.Of<TypeRemoved>(),
        Rule<TypePair>.Of<TypeAdded>(),
        Rule<TypePair>.Of<TypeKindChanged>(),
        Rule<TypePair>.Of<TypeDescription>(),
        Rule<TypePair>.Of<TypeBecameUnreachable>(),
        Rule<TypePair>.Of<ScalarSpecifiedByChanged>(),
        Rule<TypePair>.Of<InputTypeBecameOneOf>(),
    ];

    public static ImmutableArray<Rule<InterfacePair>> Interfaces { get; } =
    [
        Rule<InterfacePair>.Of<InterfaceRemoved>(),
        Rule<InterfacePair>.Of<InterfaceAdded>(),
    ];

    public static ImmutableArray<Rule<UnionMemberPair>> UnionMembers { get; } =
    [
        Rule<UnionMemberPair>.Of<UnionMemberRemoved>(),
        Rule<UnionMemberPair>.Of<UnionMemberAdded>(),
    ];

    public static ImmutableArray<Rule<FieldPair>> Fields { get; } =
    [
        Rule<FieldPair>.Of<FieldRemoved>(),
        Rule<FieldPair>.Of<FieldAdded>(),
        Rule<FieldPair>.Of<FieldTypeChanged>(),
        Rule<FieldPair>.Of<FieldDescription>(),
        Rule<FieldPair>.Of<FieldDeprecationReasonRemoved>(),
    ];

    public static ImmutableArray<Rule<ImplementationPair>> Implementations { get; } =
    [
        Rule<ImplementationPair>.Of<InterfaceFieldNotImplemented>(),
    ];

    public static ImmutableArray<Rule<ArgumentPair>> Arguments { get; } =
    [
        Rule<ArgumentPair>.Of<ArgumentRemoved>(),
        Rule<ArgumentPair>.Of<ArgumentAdded>(),
        Rule<ArgumentPair>.Of<ArgumentTypeChanged>(),
        Rule<ArgumentPair>.Of<ArgumentDefaultChanged>(),
        Rule<ArgumentPair>.Of<ArgumentDefaultWithdrawn>(),
        Rule<ArgumentPair>.Of<ArgumentDescription>(),
    ];

    public static ImmutableArray<Rule<InputFieldPair>> InputFields { get; } =
    [
        Rule<InputFieldPair>.Of<InputFieldRemoved>(),
        Rule<InputFieldPair>.Of<InputFieldAdded>(),
        Rule<InputFieldPair>.Of<InputFieldTypeChanged>(),
        Rule<InputFieldPair>.Of<InputFieldDefaultChanged>(),
        Rule<InputFieldPair>.Of<InputFieldDefaultWithdrawn>(),
        Rule<InputFieldPair>.Of<InputFieldDescription>(),
    ];

    public static ImmutableArray<Rule<EnumValuePair>> EnumValues { get; } =
    [
        Rule<EnumValuePair>.Of<EnumValueRemoved>(),
        Rule<EnumValuePair>.Of<EnumValueAdded>(),
        Rule<EnumValuePair>.Of<EnumValueDescription>(),
        Rule<EnumValuePair>.Of<EnumValueDeprecationReasonRemoved>(),
    ];

    public static ImmutableArray<Rule<DeprecationPair>> Deprecations { get; } =
    [
        Rule<DeprecationPair>.Of<FieldDeprecation>(),
        Rule<DeprecationPair>.Of<EnumValueDeprecation>(),
    ];

    public static ImmutableArray<Rule<RemovalPair>> Removals { get; } =
    [
        Rule<RemovalPair>.Of<DeprecatedRemoved>(),
    ];

    public static ImmutableArray<Rule<DirectivePair>> Directives { get; } =
    [
        Rule<DirectivePair>.Of<DirectiveRemoved>(),
        Rule<DirectivePair>.Of<DirectiveAdded>(),
        Rule<DirectivePair>.Of<DirectiveDescription>(),
        Rule<DirectivePair>.Of<DirectiveRepeatable>(),
    ];

    public static ImmutableArray<Rule<LocationPair>> Locations { get; } =
    [
        Rule<LocationPair>.Of<DirectiveLocation>(),
    ];

    public static ImmutableArray<Rule<DirectiveArgumentPair>> DirectiveArguments { get; } =
    [
        Rule<DirectiveArgumentPair>.Of<DirectiveArgumentRemoved>(),
        Rule<DirectiveArgumentPair>.Of<DirectiveArgumentAdded>(),
        Rule<DirectiveArgumentPair>.Of<DirectiveArgumentTypeChanged>(),
        Rule<DirectiveArgumentPair>.Of<DirectiveArgumentDefaultChanged>(),
        Rule<DirectiveArgumentPair>.Of<DirectiveArgumentDescription>(),
    ];

    public static ImmutableArray<Rule<UsePair>> Uses { get; } =
    [
        Rule<UsePair>.Of<UsageAdded>(),
        Rule<UsePair>.Of<UsageRemoved>(),
        Rule<UsePair>.Of<Federation>(),
    ];

    public static ImmutableArray<Rule<UseArgumentPair>> UseArguments { get; } =
    [
        Rule<UseArgumentPair>.Of<UsageArgumentAdded>(),
        Rule<UseArgumentPair>.Of<UsageArgumentRemoved>(),
        Rule<UseArgumentPair>.Of<UsageArgumentChanged>(),
    ];

    public static IEnumerable<RuleSpec> All =>
    [
        .. Roots.SelectMany(r => r.Specs),
        .. Types.SelectMany(r => r.Specs),
        .. Interfaces.SelectMany(r => r.Specs),
        .. UnionMembers.SelectMany(r => r.Specs),
        .. Fields.SelectMany(r => r.Specs),
        .. Implementations.SelectMany(r => r.Specs),
        .. Arguments.SelectMany(r => r.Specs),
        .. InputFields.SelectMany(r => r.Specs),
        .. EnumValues.SelectMany(r => r.Specs),
        .. Deprecations.SelectMany(r => r.Specs),
        .. Removals.SelectMany(r => r.Specs),
        .. Directives.SelectMany(r => r.Specs),
        .. Locations.SelectMany(r => r.Specs),
        .. DirectiveArguments.SelectMany(r => r.Specs),
        .. Uses.SelectMany(r => r.Specs),
        .. UseArguments.SelectMany(r => r.Specs),
    ];
}
