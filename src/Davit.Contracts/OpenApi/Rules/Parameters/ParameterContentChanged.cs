using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Parameters;

/// <summary>The same value is written in another form.</summary>
internal sealed class ParameterContentChanged : IRule<ParameterPair>
{
    private static readonly RuleSpec Type = Oas.Own("request-parameter-content-type-changed", Severity.Breaking, Side.Request, "A parameter is written in another media type.");

    private static readonly RuleSpec Form = Oas.Own("request-parameter-schema-to-content", Severity.Breaking, Side.Request, "A parameter that was written by its style is written as a media type, or the reverse.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Type, Form];

    public static Verdict? Judge(ParameterPair pair) => pair is not { Old: { } old, New: { } now } ? null
        : (old.Content, now.Content) switch
        {
            ([var was], [var @is]) when was.Name != @is.Name => Type.Says($"{pair.Told} is written as {@is.Name} now, not as {was.Name}").At(was.Node, @is.Node),
            ([], [var @is]) => Form.Says($"{pair.Told} is written as {@is.Name} now").At(old.Node["schema"], @is.Node),
            ([var was], []) => Form.Says($"{pair.Told} is not written as {was.Name} any more").At(was.Node, now.Node["schema"]),
            _ => null,
        };
}
