using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Bodies;
using Davit.Contracts.OpenApi.Rules.Callbacks;
using Davit.Contracts.OpenApi.Rules.Lifecycles;
using Davit.Contracts.OpenApi.Rules.Members;
using Davit.Contracts.OpenApi.Rules.Operations;
using Davit.Contracts.OpenApi.Rules.Parameters;
using Davit.Contracts.OpenApi.Rules.Responses;
using Davit.Contracts.OpenApi.Rules.Schemas;
using Davit.Contracts.OpenApi.Rules.Security;
using Davit.Contracts.OpenApi.Rules.Servers;
using Davit.Contracts.OpenApi.Rules.Unions;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules;

/// <summary>The table of contents of every rule about OpenAPI. A rule that is not listed does not run, and a test says so.</summary>
internal static class OpenApiRules
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
        Rule<SchemaPair>.Of<RequestPropertyDeprecation>(),
        Rule<SchemaPair>.Of<RequestPropertyStability>(),
        Rule<SchemaPair>.Of<ResponsePropertyDeprecation>(),
        Rule<SchemaPair>.Of<ResponsePropertyStability>(),
    ];

    public static ImmutableArray<Rule<ValuePair>> Values { get; } =
    [
        SchemaRules.Of<EnumValueAdded, ValuePair>(),
        SchemaRules.Of<EnumValueRemoved, ValuePair>(),
    ];

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

    public static ImmutableArray<Rule<OperationPair>> Operations { get; } =
    [
        Rule<OperationPair>.Of<OperationAdded>(),
        Rule<OperationPair>.Of<OperationRemoved>(),
        Rule<OperationPair>.Of<OperationSunsetUnreadable>(),
        Rule<OperationPair>.Of<OperationDeprecation>(),
        Rule<OperationPair>.Of<OperationSunsetDeleted>(),
        Rule<OperationPair>.Of<OperationSunsetMoved>(),
        Rule<OperationPair>.Of<OperationIdChanged>(),
    ];

    public static ImmutableArray<Rule<OperationPair>> Stability { get; } =
    [
        Rule<OperationPair>.Of<OperationStability>(),
    ];

    public static ImmutableArray<Rule<LifecyclePair>> Lifecycles { get; } =
    [
        Rule<LifecyclePair>.Of<OperationStabilityUnknown>(),
    ];

    public static ImmutableArray<Rule<NamePair>> Names { get; } =
    [
        Rule<NamePair>.Of<TagChanged>(),
        Rule<NamePair>.Of<SecurityRequirementChanged>(),
        Rule<NamePair>.Of<SecurityScopeChanged>(),
        Rule<NamePair>.Of<ComponentSchemaRemoved>(),
        Rule<NamePair>.Of<SecuritySchemeChanged>(),
        Rule<NamePair>.Of<OAuthAuthorizationUrlChanged>(),
        Rule<NamePair>.Of<OAuthTokenUrlChanged>(),
        Rule<NamePair>.Of<OAuthScopeChanged>(),
        Rule<NamePair>.Of<OAuthScopeOffered>(),
        Rule<NamePair>.Of<WebhookChanged>(),
    ];

    public static ImmutableArray<Rule<ParameterPair>> Parameters { get; } =
    [
        Rule<ParameterPair>.Of<ParameterAdded>(),
        Rule<ParameterPair>.Of<ParameterRemoved>(),
        Rule<ParameterPair>.Of<ParameterSunsetUnreadable>(),
        Rule<ParameterPair>.Of<ParameterDeprecation>(),
        Rule<ParameterPair>.Of<ParameterSunsetDeleted>(),
        Rule<ParameterPair>.Of<ParameterSunsetMoved>(),
        Rule<ParameterPair>.Of<ParameterRequiredChanged>(),
        Rule<ParameterPair>.Of<ParameterSerializationChanged>(),
        Rule<ParameterPair>.Of<ParameterEmptyValueChanged>(),
    ];

    public static ImmutableArray<Rule<BodyPair>> Bodies { get; } =
    [
        Rule<BodyPair>.Of<RequestBodyAdded>(),
        Rule<BodyPair>.Of<RequestBodyRemoved>(),
        Rule<BodyPair>.Of<RequestBodyRequiredChanged>(),
    ];

    public static ImmutableArray<Rule<MediaTypePair>> MediaTypes { get; } =
    [
        Rule<MediaTypePair>.Of<MediaTypeAdded>(),
        Rule<MediaTypePair>.Of<MediaTypeRemoved>(),
        Rule<MediaTypePair>.Of<MediaTypeNameChanged>(),
        Rule<MediaTypePair>.Of<MediaTypeSchemaChanged>(),
    ];

    public static ImmutableArray<Rule<ResponsePair>> Responses { get; } =
    [
        Rule<ResponsePair>.Of<ResponseStatusAdded>(),
        Rule<ResponsePair>.Of<ResponseStatusRemoved>(),
    ];

    public static ImmutableArray<Rule<HeaderPair>> Headers { get; } =
    [
        Rule<HeaderPair>.Of<ResponseHeaderAdded>(),
        Rule<HeaderPair>.Of<ResponseHeaderRemoved>(),
        Rule<HeaderPair>.Of<ResponseHeaderBecameOptional>(),
        Rule<HeaderPair>.Of<ResponseHeaderBecameRequired>(),
        Rule<HeaderPair>.Of<ResponseHeaderSerializationChanged>(),
        Rule<HeaderPair>.Of<ResponseHeaderDeprecation>(),
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

    public static ImmutableArray<Rule<AlternativePair>> Alternatives { get; } =
    [
        Rule<AlternativePair>.Of<SecurityAlternativeChanged>(),
    ];

    public static ImmutableArray<Rule<SchemePair>> Schemes { get; } =
    [
        Rule<SchemePair>.Of<SecuritySchemeTypeChanged>(),
        Rule<SchemePair>.Of<ApiKeyChanged>(),
        Rule<SchemePair>.Of<HttpSchemeChanged>(),
        Rule<SchemePair>.Of<OpenIdConnectUrlChanged>(),
    ];

    public static ImmutableArray<Rule<FlowPair>> Flows { get; } =
    [
        Rule<FlowPair>.Of<OAuthFlowChanged>(),
        Rule<FlowPair>.Of<OAuthFlowAuthorizationUrlChanged>(),
        Rule<FlowPair>.Of<OAuthFlowTokenUrlChanged>(),
        Rule<FlowPair>.Of<OAuthFlowRefreshUrlChanged>(),
    ];

    public static ImmutableArray<Rule<ServerPair>> Servers { get; } =
    [
        Rule<ServerPair>.Of<ServerChanged>(),
    ];

    public static ImmutableArray<Rule<CallbackPair>> Callbacks { get; } =
    [
        Rule<CallbackPair>.Of<CallbackChanged>(),
    ];

    /// <summary>What only one other checker looks for; these run where its profile asks.</summary>
    public static ImmutableArray<Rule<SchemaPair>> Unions { get; } = [Rule<SchemaPair>.Of<RequestUnionWidened>(), Rule<SchemaPair>.Of<ResponseUnionNarrowed>()];

    public static IEnumerable<RuleSpec> All =>
    [
        .. Of(Schemas), .. Of(Unions), .. Of(Values), .. Of(Entries), .. Of(Operations), .. Of(Stability), .. Of(Lifecycles),
        .. Of(Names), .. Of(Parameters), .. Of(Bodies), .. Of(MediaTypes), .. Of(Responses), .. Of(Headers),
        .. Of(Members), .. Of(Alternatives), .. Of(Schemes), .. Of(Flows), .. Of(Servers), .. Of(Callbacks),
    ];

    private static IEnumerable<RuleSpec> Of<TPair>(ImmutableArray<Rule<TPair>> rules) => rules.SelectMany(r => r.Specs);
}
