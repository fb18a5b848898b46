using System.Collections.Frozen;
using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Lint.Rules.Documents;
using Davit.Contracts.OpenApi.Lint.Rules.Examples;
using Davit.Contracts.OpenApi.Lint.Rules.Operations;
using Davit.Contracts.OpenApi.Lint.Rules.Parameters;
using Davit.Contracts.OpenApi.Lint.Rules.Practice;
using Davit.Contracts.OpenApi.Lint.Rules.Schemas;
using Davit.Contracts.OpenApi.Lint.Rules.Security;

namespace Davit.Contracts.OpenApi.Lint.Rules;

/// <summary>The table of contents of every rule about one description. A rule that is not listed does not run, and a test says so.</summary>
internal static class LintRules
{
    private static readonly ImmutableArray<LintRule> Rules =
    [
        .. NewerKeyword.All,
        LintRule.Of<SpecViolation>(),
        LintRule.Of<OpenApiRequired>(),
        LintRule.Of<InfoRequired>(),
        LintRule.Of<InfoTitleRequired>(),
        LintRule.Of<InfoVersionRequired>(),
        LintRule.Of<LicenseNameRequired>(),
        LintRule.Of<UrlIdentifierMutuallyExclusive>(),
        LintRule.Of<JsonSchemaDialectRequired>(),
        LintRule.Of<PathsRequired>(),
        LintRule.Of<PathMustStartWithSlash>(),
        LintRule.Of<ConflictingPaths>(),
        LintRule.Of<WebhookNil>(),
        LintRule.Of<ServerUrlRequired>(),
        LintRule.Of<ServerUrlTemplateInvalid>(),
        LintRule.Of<DefaultRequired>(),
        LintRule.Of<DuplicateTag>(),
        LintRule.Of<ExternalDocsUrlRequired>(),
        LintRule.Of<UnresolvedRef>(),
        LintRule.Of<ExtraSiblingFields>(),
        LintRule.Of<DuplicateOperationId>(),
        LintRule.Of<OperationResponsesRequired>(),
        LintRule.Of<ResponsesRequired>(),
        LintRule.Of<ResponseDescriptionRequired>(),
        LintRule.Of<RequestBodyContentRequired>(),
        LintRule.Of<PathParametersMismatch>(),
        LintRule.Of<LinkTargetMutuallyExclusive>(),
        LintRule.Of<LinkTargetRequired>(),
        LintRule.Of<ParameterNameRequired>(),
        LintRule.Of<ParameterInInvalid>(),
        LintRule.Of<PathParameterRequired>(),
        LintRule.Of<DuplicateParameter>(),
        LintRule.Of<ContentOrSchemaExactlyOne>(),
        LintRule.Of<ParameterContentSingleEntry>(),
        LintRule.Of<HeaderContentSingleEntry>(),
        LintRule.Of<NameForbidden>(),
        LintRule.Of<InForbidden>(),
        LintRule.Of<SerializationMethodInvalid>(),
        LintRule.Of<AmbiguousParameterSerialization>(),
        LintRule.Of<RequiredWithDefault>(),
        LintRule.Of<ExampleExamplesMutuallyExclusive>(),
        LintRule.Of<ValueExternalValueMutuallyExclusive>(),
        LintRule.Of<ValueOrExternalValueRequired>(),
        LintRule.Of<ExampleViolatesSchema>(),
        LintRule.Of<DefaultViolatesSchema>(),
        LintRule.Of<AdditionalPropertiesBothFormsExclusive>(),
        LintRule.Of<UnevaluatedItemsBothFormsExclusive>(),
        LintRule.Of<UnevaluatedPropertiesBothFormsExclusive>(),
        LintRule.Of<ConstNotInEnum>(),
        LintRule.Of<EnumEmpty>(),
        LintRule.Of<DuplicateEnumValue>(),
        LintRule.Of<DuplicateRequiredField>(),
        LintRule.Of<MinContainsExceedsMaxContains>(),
        LintRule.Of<MinItemsExceedsMaxItems>(),
        LintRule.Of<MinLengthExceedsMaxLength>(),
        LintRule.Of<MinPropertiesExceedsMaxProperties>(),
        LintRule.Of<MinimumExceedsMaximum>(),
        LintRule.Of<MultipleOfNotPositive>(),
        LintRule.Of<ReadOnlyWriteOnlyMutuallyExclusive>(),
        LintRule.Of<SchemaItemsRequired>(),
        LintRule.Of<SchemaTypeUnsupported>(),
        LintRule.Of<TypeFormatMismatch>(),
        LintRule.Of<SubschemasEmpty>(),
        LintRule.Of<SchemaPatternRegexInvalid>(),
        LintRule.Of<SecuritySchemeTypeInvalid>(),
        LintRule.Of<ApiKeyInInvalid>(),
        LintRule.Of<SecuritySchemeNameRequired>(),
        LintRule.Of<HttpSchemeInvalid>(),
        LintRule.Of<BearerFormatForbidden>(),
        LintRule.Of<FlowsForbidden>(),
        LintRule.Of<FlowsRequired>(),
        LintRule.Of<OpenIdConnectUrlRequired>(),
        LintRule.Of<FlowAuthorizationUrlRequired>(),
        LintRule.Of<FlowTokenUrlRequired>(),
        LintRule.Of<FlowScopesRequired>(),
        LintRule.Of<AuthorizationUrlForbidden>(),
        LintRule.Of<TokenUrlForbidden>(),
        LintRule.Of<OperationIdMissing>(),
        LintRule.Of<OperationTagUndeclared>(),
        LintRule.Of<PathNotKebabCase>(),
        LintRule.Of<PropertyCaseMixed>(),
        LintRule.Of<ErrorBodyNotProblem>(),
        LintRule.Of<ListWithoutLimit>(),
        LintRule.Of<UnusedComponent>(),
        LintRule.Of<RecursiveSchemaWithoutExit>(),
        LintRule.Of<ExampleContainsSecret>(),
        LintRule.Of<SecurityNoneDeclared>(),
        LintRule.Of<ServerNotHttps>(),
        LintRule.Of<DescriptionMissing>(),
        LintRule.Of<DeprecatedWithoutReplacement>(),
        LintRule.Of<SunsetPassed>(),
    ];

    private static readonly FrozenDictionary<Part, ImmutableArray<LintRule>> ByPart = Grouped(Rules);

    private static readonly FrozenDictionary<Part, ImmutableArray<LintRule>> ByPartOfV20 = Grouped(NewerKeyword.All);

    public static IEnumerable<RuleSpec> All => Rules.Select(r => r.Fact.Spec);

    /// <summary>Of OpenAPI 2.0 only keywords of later versions are told.</summary>
    public static ImmutableArray<LintRule> Of(Part part, SpecVersion version) => (version is SpecVersion.V20 ? ByPartOfV20 : ByPart).GetValueOrDefault(part, []);

    private static FrozenDictionary<Part, ImmutableArray<LintRule>> Grouped(ImmutableArray<LintRule> rules) =>
        Enum.GetValues<Part>().ToFrozenDictionary(p => p, p => rules.Where(r => r.Fact.Parts.Contains(p)).ToImmutableArray());
}
