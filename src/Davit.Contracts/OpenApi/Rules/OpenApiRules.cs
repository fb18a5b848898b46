using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules.Callbacks;
using Davit.Contracts.OpenApi.Rules.Operations;
using Davit.Contracts.OpenApi.Rules.Responses;
using Davit.Contracts.OpenApi.Rules.Security;
using Davit.Contracts.OpenApi.Rules.Servers;
using Davit.Contracts.OpenApi.Rules.Unions;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules;

/// <summary>The table of contents of every rule about OpenAPI. A rule that is not listed does not run, and a test says so.</summary>
internal static partial class OpenApiRules
{
    public static ImmutableArray<Rule<OperationPair>> Operations { get; } =
    [
        Rule<OperationPair>.Of<OperationAdded>(),
        Rule<OperationPair>.Of<OperationRemoved>(),
        Rule<OperationPair>.Of<OperationSunsetUnreadable>(),
        Rule<OperationPair>.Of<OperationDeprecation>(),
        Rule<OperationPair>.Of<OperationSunsetDeleted>(),
        Rule<OperationPair>.Of<OperationSunsetMoved>(),
        Rule<OperationPair>.Of<OperationIdChanged>(),
        Rule<OperationPair>.Of<OperationIdReplaced>(),
        Rule<OperationPair>.Of<OperationSunsetSet>(),
        Rule<OperationPair>.Of<OperationSunsetPassed>(),
        Rule<OperationPair>.Of<OperationRelocated>(),
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
        Rule<NamePair>.Of<ResponseLinkChanged>(),
        Rule<NamePair>.Of<ServerVariableChanged>(),
        Rule<NamePair>.Of<ServerVariableDefaultChanged>(),
        Rule<NamePair>.Of<ServerVariableValueChanged>(),
        Rule<NamePair>.Of<CalledOperationChanged>(),
        Rule<NamePair>.Of<FormatVersionChanged>(),
        Rule<NamePair>.Of<ExtensionChanged>(),
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
        Rule<SchemePair>.Of<OAuthMetadataUrlChanged>(),
        Rule<SchemePair>.Of<SecuritySchemeDeprecated>(),
    ];

    public static ImmutableArray<Rule<FlowPair>> Flows { get; } =
    [
        Rule<FlowPair>.Of<OAuthFlowChanged>(),
        Rule<FlowPair>.Of<OAuthFlowAuthorizationUrlChanged>(),
        Rule<FlowPair>.Of<OAuthFlowTokenUrlChanged>(),
        Rule<FlowPair>.Of<OAuthFlowRefreshUrlChanged>(),
        Rule<FlowPair>.Of<OAuthFlowDeviceUrlChanged>(),
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
        .. Of(Schemas), .. Of(Unions), .. Of(Exclusions), .. Of(Proven), .. Of(Values), .. Of(Entries), .. Of(Operations), .. Of(Stability), .. Of(Lifecycles),
        .. Of(Names), .. Of(Parameters), .. Of(Bodies), .. Of(MediaTypes), .. Of(Responses), .. Of(Headers),
        .. Of(Members), .. Of(Alternatives), .. Of(Schemes), .. Of(Flows), .. Of(Servers), .. Of(Callbacks), .. Of(Encodings), .. Of(EncodingHeaders),
    ];

    private static IEnumerable<RuleSpec> Of<TPair>(ImmutableArray<Rule<TPair>> rules) => rules.SelectMany(r => r.Specs);
}
