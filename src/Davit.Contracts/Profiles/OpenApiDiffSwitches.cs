using System.Collections.Immutable;

namespace Davit.Contracts.Profiles;

/// <summary>
/// The properties <c>incompatible.*</c> by which openapi-diff is told what breaks, with the rules of ours that find the same.
/// </summary>
/// <param name="IsOn">It counts unless it is switched off.</param>
/// <param name="Rules">Ids without their prefix; a star stands for any characters.</param>
internal sealed record OpenApiDiffSwitch(string Name, bool IsOn, params ImmutableArray<string> Rules);

internal static class OpenApiDiffSwitches
{
    public static ImmutableArray<OpenApiDiffSwitch> All { get; } =
    [
        new("openapi.endpoints.decreased", true, "api-removed-*", "api-path-removed-*"),
        new("operation.id.changed", false, "operation-id-changed", "api-operation-id-*"),
        new("request.body.increased", true, "request-body-added-required", "request-body-became-required"),
        new("request.content.decreased", true, "request-body-media-type-removed"),
        new("request.enum.decreased", true, "request-*-enum-value-removed", "request-*-became-enum"),
        new("request.max.length.decreased", true, "request-*-max-length-decreased", "request-*-max-length-set"),
        new("request.min.length.increased", false, "request-*-min-length-increased", "request-*-min-length-set"),
        new("request.numeric.range.decreased", true, "request-*-max-decreased", "request-*-max-set", "request-*-exclusive-max-decreased", "request-*-exclusive-max-set", "request-*-min-increased", "request-*-min-set", "request-*-exclusive-min-increased", "request-*-exclusive-min-set"),
        new("request.oneof.decreased", true, "request-*-one-of-removed"),
        new("request.param.allowempty.decreased", true, "request-parameter-allow-empty-value-withdrawn"),
        new("request.param.explode.changed", true, "request-parameter-explode-changed"),
        new("request.param.style.changed", true, "request-parameter-style-changed"),
        new("request.params.decreased", true, "request-parameter-removed*"),
        new("request.params.required.increased", true, "new-required-request-*parameter*", "new-request-path-parameter", "request-parameter-became-required"),
        new("request.readonly.increased", true, "request-*-became-read-only"),
        new("request.readonly.required.decreased", true, "request-required-property-became-not-read-only"),
        new("request.required.increased", true, "new-required-request-property*", "request-property-became-required*"),
        new("response.content.decreased", true, "response-media-type-removed"),
        new("response.enum.increased", true, "response-*-enum-value-added", "response-*-enum-dropped"),
        new("response.header.explode.changed", true, "response-header-explode-changed"),
        new("response.header.required.decreased", true, "response-header-became-optional"),
        new("response.header.required.increased", true, "response-header-became-required"),
        new("response.headers.decreased", true, "optional-response-header-removed", "required-response-header-removed"),
        new("response.max.length.increased", true, "response-*-max-length-increased", "response-*-max-length-unset"),
        new("response.min.length.increased", false, "response-*-min-length-increased", "response-*-min-length-set"),
        new("response.numeric.range.increased", false, "response-*-max-increased", "response-*-max-unset", "response-*-exclusive-max-increased", "response-*-exclusive-max-unset", "response-*-min-decreased", "response-*-min-unset", "response-*-exclusive-min-decreased", "response-*-exclusive-min-unset"),
        new("response.oneof.increased", true, "response-*-one-of-added"),
        new("response.required.decreased", true, "response-property-became-optional", "response-required-property-removed"),
        new("response.responses.decreased", true, "response-success-status-removed", "response-non-success-status-removed", "response-default-removed"),
        new("response.writeonly.increased", true, "response-*-became-write-only"),
        new("response.writeonly.required.decreased", true, "response-required-property-became-not-write-only"),
        new("security.requirement.schemes.increased", true, "security-tightened"),
        new("security.requirements.decreased", true, "security-alternative-removed"),
        new("security.scheme.bearer.format.changed", true, "bearer-format-changed"),
        new("security.scheme.oauth2.auth.url.changed", true, "oauth-authorization-url-changed"),
        new("security.scheme.oauth2.refresh.url.changed", true, "oauth-refresh-url-changed"),
        new("security.scheme.oauth2.token.url.changed", true, "oauth-token-url-changed"),
        new("security.scheme.openidconnect.url.changed", true, "openid-connect-url-changed"),
        new("security.scheme.scheme.changed", true, "http-scheme-changed"),
        new("security.scheme.scopes.increased", true, "security-scope-now-required"),
        // Not to be switched off.
        new("", true, "api-key-location-changed", "api-key-name-changed", "security-scheme-type-changed"),
        new("schema.discriminator.changed", true, "*-discriminator-*"),
        new("schema.pattern.changed", true, "*-pattern-added", "*-pattern-changed", "*-pattern-removed"),
        new("schema.min-properties.changed", true, "*-min-properties-*"),
        new("schema.max-properties.changed", true, "*-max-properties-*"),
        new("schema.type.changed", true, "*-type-changed", "*-type-generalized", "*-type-specialized", "*-list-of-types-*"),
    ];

    /// <param name="switchedOn">Names of switches that count although they do not by themselves.</param>
    public static bool Breaks(string rule, IReadOnlyCollection<string> switchedOn) =>
        All.Any(s => (s.IsOn || switchedOn.Contains(s.Name, StringComparer.Ordinal)) && s.Rules.Any(pattern => Matches(rule, pattern)));

    private static bool Matches(string rule, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression("oas-" + pattern, rule, ignoreCase: false);
}
