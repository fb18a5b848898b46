using Davit.Contracts.Findings;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Rules;

/// <summary>How specs are declared: the level when new readers meet old values, then when old readers meet new ones.</summary>
internal static class Js
{
    private const int LongestWitness = 400;

    public static RuleSpec Spec(string id, Severity backward, Severity forward, string purpose) => new("js-" + id, backward, Side.Neither, purpose, Forward: forward);

    public static string Short(JsonValue witness) => witness.ToString() is { Length: > LongestWitness } text ? text[..LongestWitness] + "…" : witness.ToString();
}
