using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Rules;

/// <summary>Makes the specs of rules that have one id each.</summary>
internal static class Oas
{
    /// <summary>oasdiff has the same rule under the same name.</summary>
    public static RuleSpec Known(string id, Severity severity, Side side, string purpose) => Known(id, severity, severity, side, purpose);

    /// <summary>oasdiff has the same rule at another level.</summary>
    public static RuleSpec Known(string id, Severity severity, Severity levelOfAlias, Side side, string purpose) =>
        new("oas-" + id, severity, side, purpose, new RuleAlias("oasdiff", id, levelOfAlias));

    public static RuleSpec Own(string id, Severity severity, Side side, string purpose) => new("oas-" + id, severity, side, purpose);
}
