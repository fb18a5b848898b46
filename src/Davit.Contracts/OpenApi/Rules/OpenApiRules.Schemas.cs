using System.Collections.Immutable;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Lifecycles;
using Davit.Contracts.OpenApi.Rules.Members;
using Davit.Contracts.OpenApi.Rules.Parameters;
using Davit.Contracts.OpenApi.Rules.Schemas;
using Davit.Contracts.OpenApi.Rules.Xml;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules;

/// <content>Rules about schemas and what they hold.</content>
internal static partial class OpenApiRules
{
    public static ImmutableArray<Rule<SchemaPair>> Schemas { get; } =
    [
        SchemaRules.Of<ContainsAdded>(),
        SchemaRules.Of<ContainsRemoved>(),
        SchemaRules.Of<IfAdded>(),
        SchemaRules.Of<IfRemoved>(),
        SchemaRules.Of<ThenAdded>(),
        SchemaRules.Of<ThenRemoved>(),
        SchemaRules.Of<ElseAdded>(),
        SchemaRules.Of<ElseRemoved>(),
        SchemaRules.Of<PropertyNamesAdded>(),
        SchemaRules.Of<PropertyNamesRemoved>(),
        SchemaRules.Of<ContentSchemaAdded>(),
        SchemaRules.Of<ContentSchemaRemoved>(),
        SchemaRules.Of<UnevaluatedItemsAdded>(),
        SchemaRules.Of<UnevaluatedItemsRemoved>(),
        SchemaRules.Of<UnevaluatedPropertiesAdded>(),
        SchemaRules.Of<UnevaluatedPropertiesRemoved>(),
        SchemaRules.Of<ConstAdded>(),
        SchemaRules.Of<ConstRemoved>(),
        SchemaRules.Of<ConstChanged>(),
        SchemaRules.Of<ContentEncodingChanged>(),
        SchemaRules.Of<ContentMediaTypeChanged>(),
        SchemaRules.Of<DefaultAdded>(),
        SchemaRules.Of<DefaultRemoved>(),
        SchemaRules.Of<DefaultChanged>(),
        SchemaRules.Of<MaximumIncreased>(),
        SchemaRules.Of<MaximumDecreased>(),
        SchemaRules.Of<MaximumSet>(),
        SchemaRules.Of<MaximumUnset>(),
        SchemaRules.Of<MinimumIncreased>(),
        SchemaRules.Of<MinimumDecreased>(),
        SchemaRules.Of<MinimumSet>(),
        SchemaRules.Of<MinimumUnset>(),
        SchemaRules.Of<ExclusiveMaximumIncreased>(),
        SchemaRules.Of<ExclusiveMaximumDecreased>(),
        SchemaRules.Of<ExclusiveMaximumSet>(),
        SchemaRules.Of<ExclusiveMaximumUnset>(),
        SchemaRules.Of<ExclusiveMinimumIncreased>(),
        SchemaRules.Of<ExclusiveMinimumDecreased>(),
        SchemaRules.Of<ExclusiveMinimumSet>(),
        SchemaRules.Of<ExclusiveMinimumUnset>(),
        SchemaRules.Of<MaxLengthIncreased>(),
        SchemaRules.Of<MaxLengthDecreased>(),
        SchemaRules.Of<MaxLengthSet>(),
        SchemaRules.Of<MaxLengthUnset>(),
        SchemaRules.Of<MinLengthIncreased>(),
        SchemaRules.Of<MinLengthDecreased>(),
        SchemaRules.Of<MinLengthSet>(),
        SchemaRules.Of<MinLengthUnset>(),
        SchemaRules.Of<MaxItemsIncreased>(),
        SchemaRules.Of<MaxItemsDecreased>(),
        SchemaRules.Of<MaxItemsSet>(),
        SchemaRules.Of<MaxItemsUnset>(),
        SchemaRules.Of<MinItemsIncreased>(),
        SchemaRules.Of<MinItemsDecreased>(),
        SchemaRules.Of<MinItemsSet>(),
        SchemaRules.Of<MinItemsUnset>(),
        SchemaRules.Of<MaxContainsIncreased>(),
        SchemaRules.Of<MaxContainsDecreased>(),
        SchemaRules.Of<MinContainsIncreased>(),
        SchemaRules.Of<MinContainsDecreased>(),
        SchemaRules.Of<MaxPropertiesIncreased>(),
        SchemaRules.Of<MaxPropertiesDecreased>(),
        SchemaRules.Of<MinPropertiesIncreased>(),
        SchemaRules.Of<MinPropertiesDecreased>(),
        SchemaRules.Of<PatternAdded>(),
        SchemaRules.Of<PatternRemoved>(),
        SchemaRules.Of<PatternChanged>(),
        SchemaRules.Of<PatternGeneralized>(),
        SchemaRules.Of<BecameNullable>(),
        SchemaRules.Of<BecameNotNullable>(),
        SchemaRules.Of<ListOfTypesWidened>(),
        SchemaRules.Of<ListOfTypesNarrowed>(),
        SchemaRules.Of<TypeChanged>(),
        SchemaRules.Of<TypeGeneralized>(),
        SchemaRules.Of<TypeSpecialized>(),
        SchemaRules.Of<TypeCompatible>(),
        SchemaRules.Of<BecameEnum>(),
        SchemaRules.Of<EnumDropped>(),
        SchemaRules.Of<AllOfAdded>(),
        SchemaRules.Of<AllOfRemoved>(),
        SchemaRules.Of<AllOfAddedAnnotationOnly>(),
        SchemaRules.Of<AllOfRemovedAnnotationOnly>(),
        SchemaRules.Of<AnyOfAdded>(),
        SchemaRules.Of<AnyOfRemoved>(),
        SchemaRules.Of<OneOfAdded>(),
        SchemaRules.Of<OneOfRemoved>(),
        SchemaRules.Of<PrefixItemsAdded>(),
        SchemaRules.Of<PrefixItemsRemoved>(),
        SchemaRules.Of<WrappedInOneOf>(),
        SchemaRules.Of<DiscriminatorAdded>(),
        SchemaRules.Of<DiscriminatorRemoved>(),
        SchemaRules.Of<DiscriminatorPropertyNameChanged>(),
        SchemaRules.Of<DiscriminatorMappingAdded>(),
        SchemaRules.Of<DiscriminatorMappingDeleted>(),
        SchemaRules.Of<UniqueItemsAdded>(),
        SchemaRules.Of<UniqueItemsRemoved>(),
        SchemaRules.Of<ItemsSchemaAdded>(),
        SchemaRules.Of<ItemsSchemaRemoved>(),
        SchemaRules.Of<AdditionalPropertiesClosed>(),
        SchemaRules.Of<AdditionalPropertiesOpened>(),
        SchemaRules.Of<AdditionalPropertiesNarrowed>(),
        SchemaRules.Of<AdditionalPropertiesWidened>(),
        SchemaRules.Of<MultipleOfAdded>(),
        SchemaRules.Of<MultipleOfRemoved>(),
        SchemaRules.Of<MultipleOfTightened>(),
        SchemaRules.Of<MultipleOfRelaxed>(),
        SchemaRules.Of<MultipleOfChanged>(),
        SchemaRules.Of<NotAdded>(),
        SchemaRules.Of<NotRemoved>(),
        SchemaRules.Of<UnwrappedFromOneOf>(),
        SchemaRules.Of<HeaderConstraintWidened>(),
        SchemaRules.Of<HeaderConstraintNarrowed>(),
        Rule<SchemaPair>.Of<RequestPropertyDeprecation>(),
        Rule<SchemaPair>.Of<RequestPropertyStability>(),
        Rule<SchemaPair>.Of<ResponsePropertyDeprecation>(),
        Rule<SchemaPair>.Of<ResponsePropertyStability>(),
        Rule<SchemaPair>.Of<XmlNameChanged>(),
        Rule<SchemaPair>.Of<XmlNamespaceChanged>(),
        Rule<SchemaPair>.Of<XmlPrefixChanged>(),
        Rule<SchemaPair>.Of<XmlAttributeChanged>(),
        Rule<SchemaPair>.Of<XmlWrappedChanged>(),
        Rule<SchemaPair>.Of<XmlNodeTypeChanged>(),
    ];

    public static ImmutableArray<Rule<ValuePair>> Values { get; } =
    [
        SchemaRules.Of<EnumValueAdded, ValuePair>(),
        SchemaRules.Of<EnumValueRemoved, ValuePair>(),
    ];

    public static ImmutableArray<Rule<ExclusionPair>> Exclusions { get; } =
    [
        SchemaRules.Of<NotWidened, ExclusionPair>(),
        SchemaRules.Of<NotNarrowed, ExclusionPair>(),
    ];

    /// <summary>What values prove where no rule says anything.</summary>
    public static ImmutableArray<Rule<ProvenPair>> Proven { get; } = [Rule<ProvenPair>.Of<SchemaRefusesValue>()];

    public static ImmutableArray<Rule<EntryPair>> Entries { get; } =
    [
        SchemaRules.Of<DiscriminatorMappingChanged, EntryPair>(),
        SchemaRules.Of<DependentRequiredAdded, EntryPair>(),
        SchemaRules.Of<DependentRequiredRemoved, EntryPair>(),
        SchemaRules.Of<DependentSchemaAdded, EntryPair>(),
        SchemaRules.Of<DependentSchemaRemoved, EntryPair>(),
        SchemaRules.Of<PatternPropertyAdded, EntryPair>(),
        SchemaRules.Of<PatternPropertyRemoved, EntryPair>(),
        SchemaRules.Of<DependentRequiredChanged, EntryPair>(),
        SchemaRules.Of<ExtensibleEnumValueRemoved, EntryPair>(),
    ];

    public static ImmutableArray<Rule<MemberPair>> Members { get; } =
    [
        Rule<MemberPair>.Of<RequestMemberAdded>(),
        Rule<MemberPair>.Of<RequestMemberRemoved>(),
        Rule<MemberPair>.Of<ResponseMemberAdded>(),
        Rule<MemberPair>.Of<ResponseMemberRemoved>(),
        Rule<MemberPair>.Of<RequestMemberBecameRequired>(),
        Rule<MemberPair>.Of<RequestMemberBecameOptional>(),
        Rule<MemberPair>.Of<ResponseMemberBecameOptional>(),
        Rule<MemberPair>.Of<ResponseMemberBecameRequired>(),
        Rule<MemberPair>.Of<RequestMemberReadOnlyChanged>(),
        Rule<MemberPair>.Of<RequestMemberWriteOnlyChanged>(),
        Rule<MemberPair>.Of<ResponseMemberReadOnlyChanged>(),
        Rule<MemberPair>.Of<ResponseMemberWriteOnlyChanged>(),
        Rule<MemberPair>.Of<HeaderMemberAdded>(),
        Rule<MemberPair>.Of<HeaderMemberBecameRequired>(),
    ];
}
