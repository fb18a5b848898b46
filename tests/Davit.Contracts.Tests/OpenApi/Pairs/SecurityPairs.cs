namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>Who may call, and how callers prove who they are.</summary>
internal static class SecurityPairs
{
    private const string Schemes = "key: { type: apiKey, in: header, name: K }, token: { type: http, scheme: bearer }, card: { type: mutualTLS }, auth: { type: oauth2, flows: { implicit: { authorizationUrl: 'https://a', scopes: { r: R, w: W } } } }";

    public static RulePair[] All => [.. Alternatives, .. Named, .. Kinds, .. Flows];

    private static RulePair[] Alternatives =>
    [
        Asked("security-required", "", "{ key: [] }"),
        Asked("mutual-tls-required", "{ key: [] }", "{ key: [], card: [] }"),
        Asked("security-tightened", "{ key: [] }", "{ key: [], token: [] }"),
        Asked("security-loosened", "{ key: [], token: [] }", "{ key: [] }"),
        Asked("security-alternative-added", "{ key: [] }", "{ key: [] }, { token: [] }"),
        Asked("security-alternative-removed", "{ key: [] }, { token: [] }", "{ key: [] }"),
        Asked("security-scope-now-required", "{ auth: [r] }", "{ auth: [r, w] }"),
        Asked("security-scope-no-longer-required", "{ auth: [r, w] }", "{ auth: [r] }"),
    ];

    /// <summary>What another checker tells by the names of schemes.</summary>
    private static RulePair[] Named =>
    [
        Asked("api-security-added", "{ key: [] }", "{ key: [] }, { token: [] }"),
        Asked("api-security-removed", "{ key: [] }, { token: [] }", "{ key: [] }"),
        Asked("api-security-scope-added", "{ auth: [r] }", "{ auth: [r, w] }"),
        Asked("api-security-scope-removed", "{ auth: [r, w] }", "{ auth: [r] }"),
        Everywhere("api-global-security-added", "{ key: [] }", "{ key: [] }, { token: [] }"),
        Everywhere("api-global-security-removed", "{ key: [] }, { token: [] }", "{ key: [] }"),
        Everywhere("api-global-security-scope-added", "{ auth: [r] }", "{ auth: [r, w] }"),
        Everywhere("api-global-security-scope-removed", "{ auth: [r, w] }", "{ auth: [r] }"),
        Defined("api-security-component-added", "", "key: { type: apiKey, in: header, name: K }"),
        Defined("api-security-component-removed", "key: { type: apiKey, in: header, name: K }", ""),
        Defined("api-security-component-type-changed", "s: { type: apiKey, in: header, name: K }", "s: { type: http, scheme: basic }"),
        Flow("api-security-component-oauth-scope-added", "scopes: { r: R }", "scopes: { r: R, w: W }"),
        Flow("api-security-component-oauth-scope-removed", "scopes: { r: R, w: W }", "scopes: { r: R }"),
        Flow("api-security-component-oauth-scope-changed", "scopes: { r: R }", "scopes: { r: Read }"),
        Flow("api-security-component-oauth-url-changed", "authorizationUrl: 'https://a'", "authorizationUrl: 'https://b'"),
        Flow("api-security-component-oauth-token-url-changed", "tokenUrl: 'https://a'", "tokenUrl: 'https://b'"),
    ];

    private static RulePair[] Kinds =>
    [
        Defined("security-scheme-type-changed", "s: { type: apiKey, in: header, name: K }", "s: { type: http, scheme: basic }"),
        Defined("security-scheme-deprecated", "s: { type: http, scheme: basic }", "s: { type: http, scheme: basic, deprecated: true }"),
        Defined("api-key-name-changed", "s: { type: apiKey, in: header, name: K }", "s: { type: apiKey, in: header, name: L }"),
        Defined("api-key-location-changed", "s: { type: apiKey, in: header, name: K }", "s: { type: apiKey, in: query, name: K }"),
        Defined("http-scheme-changed", "s: { type: http, scheme: bearer }", "s: { type: http, scheme: basic }"),
        Defined("bearer-format-changed", "s: { type: http, scheme: bearer, bearerFormat: JWT }", "s: { type: http, scheme: bearer, bearerFormat: PASETO }"),
        Defined("openid-connect-url-changed", "s: { type: openIdConnect, openIdConnectUrl: 'https://a' }", "s: { type: openIdConnect, openIdConnectUrl: 'https://b' }"),
        Defined("oauth-metadata-url-changed", "s: { type: oauth2, oauth2MetadataUrl: 'https://a' }", "s: { type: oauth2, oauth2MetadataUrl: 'https://b' }"),
    ];

    private static RulePair[] Flows =>
    [
        Flow("oauth-authorization-url-changed", "authorizationUrl: 'https://a'", "authorizationUrl: 'https://b'"),
        Flow("oauth-token-url-changed", "tokenUrl: 'https://a'", "tokenUrl: 'https://b'"),
        Flow("oauth-refresh-url-changed", "refreshUrl: 'https://a'", "refreshUrl: 'https://b'"),
        Flow("oauth-device-authorization-url-changed", "deviceAuthorizationUrl: 'https://a'", "deviceAuthorizationUrl: 'https://b'"),
        Flow("oauth-scope-added", "scopes: { r: R }", "scopes: { r: R, w: W }"),
        Flow("oauth-scope-removed", "scopes: { r: R, w: W }", "scopes: { r: R }"),
        Defined("oauth-flow-added", "s: { type: oauth2, flows: {} }", "s: { type: oauth2, flows: { password: {} } }"),
        Defined("oauth-flow-removed", "s: { type: oauth2, flows: { password: {} } }", "s: { type: oauth2, flows: {} }"),
    ];

    private static RulePair Asked(string rule, string old, string @new) => RulePair.Get(rule, $"security: [{old}]", $"security: [{@new}]", $"components: {{ securitySchemes: {{ {Schemes} }} }}");

    private static RulePair Everywhere(string rule, string old, string @new) => RulePair.Top(rule, Document(old), Document(@new));

    private static string Document(string security) => $"security: [{security}]\ncomponents: {{ securitySchemes: {{ {Schemes} }} }}";

    private static RulePair Defined(string rule, string old, string @new) => RulePair.Top(rule, $"components: {{ securitySchemes: {{ {old} }} }}", $"components: {{ securitySchemes: {{ {@new} }} }}");

    private static RulePair Flow(string rule, string old, string @new) => Defined(rule, $"s: {{ type: oauth2, flows: {{ implicit: {{ {old} }} }} }}", $"s: {{ type: oauth2, flows: {{ implicit: {{ {@new} }} }} }}");
}
