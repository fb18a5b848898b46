namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>Which rule tells of the way back.</summary>
internal static class Mirrors
{
    private static readonly (string There, string Back)[] Words =
    [
        ("added", "removed"), ("added", "deleted"), ("set", "unset"), ("increased", "decreased"), ("narrowed", "widened"), ("closed", "opened"), ("tightened", "relaxed"), ("tightened", "loosened"),
        ("generalized", "specialized"), ("became-required", "became-optional"), ("became-nullable", "became-not-nullable"), ("became-enum", "enum-dropped"), ("granted", "withdrawn"),
        ("deprecated", "reactivated"), ("wrapped-in", "unwrapped-from"), ("raised", "lowered"), ("became-read-only", "became-not-read-only"), ("became-write-only", "became-not-write-only"),
        ("now-required", "no-longer-required"), ("type-changed", "type-compatible"), ("type-changed", "type-specialized"), ("type-changed", "type-generalized"), ("pattern-generalized", "pattern-changed"),
        ("property-became-required-with-default", "property-became-optional"), ("request-read-only-property", "request-property"), ("response-write-only-property", "response-property"),
        ("response-mediatype-enum-value-removed", "response-body-enum-value-added"), ("-header-added-required", "-header-removed"), ("operation-sunset-added", "sunset-deleted"),
        ("deprecated-with-sunset", "reactivated"), ("deprecated-sunset-missing", "reactivated"), ("deprecated-sunset-invalid", "reactivated"), ("sunset-date-too-small", "reactivated"),
    ];

    /// <summary>What begins so is told back by one of these.</summary>
    private static readonly (string Start, string[] Back)[] Starts =
    [
        ("api-path-removed", ["endpoint-added"]), ("api-removed", ["endpoint-added"]), ("api-path-sunset-parse", ["endpoint-added"]), ("endpoint-added", ["api-removed-without-deprecation"]),
        ("api-deprecated", ["endpoint-reactivated"]), ("api-sunset-date-too-small", ["endpoint-reactivated"]), ("endpoint-deprecated", ["endpoint-reactivated"]),
        ("new-optional-request-property", ["request-property-removed"]), ("new-required-request-property", ["request-property-removed"]), ("request-property-removed", ["new-optional-request-property"]),
        ("new-optional-request", ["request-parameter-removed"]), ("new-required-request", ["request-parameter-removed"]), ("new-request-path-parameter", ["request-parameter-removed"]),
        ("request-parameter-removed", ["new-optional-request-parameter"]), ("querystring-parameter", ["querystring-parameter-removed", "querystring-parameter-added-optional"]),
        ("request-body-added", ["request-body-removed"]), ("request-body-removed", ["request-body-added-optional"]),
        ("optional-response-header-removed", ["response-header-added"]), ("required-response-header-removed", ["response-header-added"]), ("response-header-removed", ["response-header-added"]),
        ("response-header-added", ["optional-response-header-removed"]), ("operation-moved", ["operation-moved"]), ("path-parameter-renamed", ["path-parameter-renamed"]),
        ("request-parameter-moved", ["request-parameter-moved"]), ("request-parameter-schema-to-content", ["request-parameter-schema-to-content"]),
        ("security-required", ["security-loosened"]), ("mutual-tls-required", ["security-loosened"]), ("server-last-removed", ["server-added"]),
        ("sunset-deleted", ["operation-sunset-added"]), ("api-sunset-date-changed-too-small", ["operation-sunset-postponed"]), ("operation-sunset-postponed", ["api-sunset-date-changed-too-small"]),
    ];

    /// <summary>The ids that may tell it; a rule about a change of either sort tells of both ways itself.</summary>
    public static IEnumerable<string> Of(string id)
    {
        if (id.EndsWith("-changed", StringComparison.Ordinal))
            yield return id;
        foreach (var back in Swapped(id))
        {
            yield return back;
            foreach (var further in Swapped(back))
                yield return further;
        }

        foreach (var (start, backs) in Starts)
        {
            foreach (var back in id.StartsWith("oas-" + start, StringComparison.Ordinal) ? backs : [])
                yield return "oas-" + back;
        }
    }

    private static IEnumerable<string> Swapped(string id)
    {
        foreach (var (there, back) in Words)
        {
            if (id.Contains(there, StringComparison.Ordinal))
                yield return id.Replace(there, back, StringComparison.Ordinal);
            if (id.Contains(back, StringComparison.Ordinal))
                yield return id.Replace(back, there, StringComparison.Ordinal);
        }
    }
}
