namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>Rules that no rule mirrors, and why none is needed.</summary>
internal static class MirrorWaivers
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["oas-api-invalid-stability-level"] = "What replaced the unknown word is known, so nothing is wrong any more.",
        ["oas-api-major-version-not-bumped"] = "It is about a break, and the way back breaks nobody.",
        ["oas-api-schema-removed"] = "A component that nothing uses is no difference to anybody.",
        ["oas-api-version-decreased"] = "It is about a break, and the way back breaks nobody.",
        ["oas-api-version-not-bumped"] = "It is about a break, and the way back breaks nobody.",
        ["oas-new-required-request-header-property"] = "A member of a header that is not read any more can be sent still.",
        ["oas-operation-sunset-postponed"] = "An end date that came nearer is only told when it is inside the notice period.",
        ["oas-request-header-property-became-enum"] = "Every value that was allowed is allowed still.",
        ["oas-request-header-property-became-required"] = "Callers that send the member go on to do so.",
        ["oas-request-parameter-sunset-date-changed-too-small"] = "A parameter that ends later than announced hits nobody.",
        ["oas-request-parameter-sunset-deleted"] = "A deprecated parameter that got an end date was announced before.",
        ["oas-request-parameter-x-extensible-enum-value-removed"] = "The list is open: a value more in it allows nothing new.",
        ["oas-request-property-x-extensible-enum-value-removed"] = "The list is open: a value more in it allows nothing new.",
        ["oas-request-schema-narrowed"] = "A schema of a request that became wider refuses nobody.",
        ["oas-request-union-widened"] = "The checker whose rule it is looks one way; other rules tell of alternatives both ways.",
        ["oas-response-schema-widened"] = "A schema of an answer that became narrower surprises nobody.",
        ["oas-response-union-narrowed"] = "The checker whose rule it is looks one way; other rules tell of alternatives both ways.",
        ["oas-security-scheme-deprecated"] = "A scheme that is not deprecated any more asks nothing of anybody.",
        ["oas-server-scheme-downgraded"] = "A server that gained TLS is at the same address, and asks no more of anybody.",
    };
}
