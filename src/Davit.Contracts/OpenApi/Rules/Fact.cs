using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules;

/// <summary>
/// What a schema rule finds, under the id of each scope: <c>max-decreased</c> is <c>oas-request-body-max-decreased</c> in a
/// request body and <c>oas-response-property-max-decreased</c> deep inside a response.
/// </summary>
internal sealed class Fact(Kind kind, string name, string purpose)
{
    public Kind Kind { get; } = kind;

    /// <summary>The keyword that the fact is about; null when it is about the schema as a whole.</summary>
    public string? Keyword { get; init; }

    /// <summary>A value can prove it: defaults, discriminators and lists that stay open say nothing about which values are allowed.</summary>
    public bool IsAboutValues => Kind is Kind.Type or Kind.Constraints or Kind.Structure or Kind.Values or Kind.Requiredness or Kind.Existence
        && Keyword is not ("default" or "discriminator") && !name.StartsWith("x-", StringComparison.Ordinal) && !name.StartsWith("discriminator", StringComparison.Ordinal);

    /// <summary>The transition that this fact tells of, which therefore does not explain it away.</summary>
    public Telling Tells { get; init; }

    private readonly SortedDictionary<Scope, RuleSpec> _specs = [];
    private readonly HashSet<Scope> _mayBreak = [];

    public ImmutableArray<RuleSpec> Specs => [.. _specs.Values];

    public RuleSpec? At(Scope scope) => _specs.TryGetValue(scope, out var spec) ? spec
        : scope is Scope.RequestReadOnlyProperty ? _specs.GetValueOrDefault(Scope.RequestProperty)
        : scope is Scope.RequestHeaderProperty ? _specs.GetValueOrDefault(Scope.RequestParameterProperty)
        : scope is Scope.ResponseWriteOnlyProperty ? _specs.GetValueOrDefault(Scope.ResponseProperty)
        : null;

    /// <summary>It breaks as soon as a value proves it, though its level is lower.</summary>
    public bool MayBreak(Scope scope) => _mayBreak.Contains(scope);

    /// <summary>Scopes in which a value can prove that it breaks, which its level alone does not say.</summary>
    public Fact BreakingByWitness(params ReadOnlySpan<Scope> scopes)
    {
        foreach (var scope in scopes)
            _mayBreak.Add(scope);
        return this;
    }

    /// <summary>Scopes in which oasdiff has the same rule at the same level.</summary>
    public Fact Known(Severity severity, params ReadOnlySpan<Scope> scopes)
    {
        foreach (var scope in scopes)
            Add(scope, severity, new RuleAlias("oasdiff", $"{scope.Prefix()}-{name}", severity));
        return this;
    }

    /// <summary>A scope in which oasdiff has the same rule under a name of its own.</summary>
    public Fact KnownAs(string id, Severity severity, Scope scope)
    {
        _specs.Add(scope, Oas.Known(id, severity, scope.Side(), purpose));
        return this;
    }

    /// <summary>Scopes in which oasdiff is silent.</summary>
    public Fact Own(Severity severity, params ReadOnlySpan<Scope> scopes)
    {
        foreach (var scope in scopes)
            Add(scope, severity, alias: null);
        return this;
    }

    /// <summary>A scope in which oasdiff has the same rule at another level.</summary>
    public Fact Judged(Severity severity, Severity levelOfAlias, params ReadOnlySpan<Scope> scopes)
    {
        foreach (var scope in scopes)
            Add(scope, severity, new RuleAlias("oasdiff", $"{scope.Prefix()}-{name}", levelOfAlias));
        return this;
    }

    private void Add(Scope scope, Severity severity, RuleAlias? alias) =>
        _specs.Add(scope, new RuleSpec($"oas-{scope.Prefix()}-{name}", severity, scope.Side(), purpose, alias));
}
