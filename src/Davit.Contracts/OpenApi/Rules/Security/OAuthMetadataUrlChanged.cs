using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers read the old address.</summary>
internal sealed class OAuthMetadataUrlChanged : IRule<SchemePair>
{
    private static readonly RuleSpec Spec = Oas.Own("oauth-metadata-url-changed", Severity.Warning, Side.Neither, "The address of what describes an authorisation server moved.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(SchemePair pair) => pair is { Type: "oauth2" } && pair.Differs("oauth2MetadataUrl") ? Spec.Says($"the metadata are at {pair.New["oauth2MetadataUrl"].Text} now").At(pair.Old["oauth2MetadataUrl"], pair.New["oauth2MetadataUrl"]) : null;
}
