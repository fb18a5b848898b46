using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers put the key where it is not looked for.</summary>
internal sealed class ApiKeyChanged : IRule<SchemePair>
{
    private static readonly RuleSpec Name = Oas.Own("api-key-name-changed", Severity.Breaking, Side.Neither, "The key is sent under another name.");

    private static readonly RuleSpec Location = Oas.Own("api-key-location-changed", Severity.Breaking, Side.Neither, "The key is sent in another place.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Name, Location];

    public static Verdict? Judge(SchemePair pair) => pair is not { Type: "apiKey" } ? null
        : pair.Differs("in") ? Location.Says($"the key is sent in {pair.New["in"].Text} now, not in {pair.Old["in"].Text}").At(pair.Old["in"], pair.New["in"])
        : pair.Differs("name") ? Name.Says($"the key is called '{pair.New["name"].Text}' now, not '{pair.Old["name"].Text}'").At(pair.Old["name"], pair.New["name"])
        : null;
}
