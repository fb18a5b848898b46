using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Security;

/// <summary>Callers send what is not understood.</summary>
internal sealed class HttpSchemeChanged : IRule<SchemePair>
{
    private static readonly RuleSpec Scheme = Oas.Own("http-scheme-changed", Severity.Breaking, Side.Neither, "Another HTTP scheme is used.");

    private static readonly RuleSpec Format = Oas.Own("bearer-format-changed", Severity.Warning, Side.Neither, "Tokens have another format.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Scheme, Format];

    public static Verdict? Judge(SchemePair pair) => pair is not { Type: "http" } ? null
        : pair.Differs("scheme") ? Scheme.Says($"the scheme is {pair.New["scheme"].Text} now, not {pair.Old["scheme"].Text}").At(pair.Old["scheme"], pair.New["scheme"])
        : pair.Differs("bearerFormat") ? Format.Says("tokens have another format").At(pair.Old["bearerFormat"], pair.New["bearerFormat"])
        : null;
}
