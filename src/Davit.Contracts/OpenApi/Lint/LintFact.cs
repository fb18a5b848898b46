using System.Collections.Immutable;
using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>What a rule about one document finds, and in which kinds of objects.</summary>
internal sealed record LintFact(RuleSpec Spec, ImmutableArray<Part> Parts)
{
    /// <summary>oasdiff has the same rule at the same level.</summary>
    public static LintFact Error(string id, string purpose, string fix, params ReadOnlySpan<Part> parts) => Known(id, Severity.Breaking, purpose, fix, parts);

    /// <summary>oasdiff has the same rule at the same level.</summary>
    public static LintFact Warning(string id, string purpose, string fix, params ReadOnlySpan<Part> parts) => Known(id, Severity.Warning, purpose, fix, parts);

    /// <summary>oasdiff has the same rule at the same level.</summary>
    public static LintFact Note(string id, string purpose, string fix, params ReadOnlySpan<Part> parts) => Known(id, Severity.Note, purpose, fix, parts);

    /// <summary>oasdiff has the same rule as an error, where the specification only recommends.</summary>
    public static LintFact Lowered(string id, Severity severity, string purpose, string fix, params ReadOnlySpan<Part> parts) =>
        new(Make(id, severity, purpose, fix) with { Alias = new RuleAlias("oasdiff", id, Severity.Breaking) }, [.. parts]);

    /// <summary>oasdiff has no such rule.</summary>
    public static LintFact Own(string id, Severity severity, string purpose, string fix, params ReadOnlySpan<Part> parts) => new(Make(id, severity, purpose, fix), [.. parts]);

    private static LintFact Known(string id, Severity severity, string purpose, string fix, ReadOnlySpan<Part> parts) =>
        new(Make(id, severity, purpose, fix) with { Alias = new RuleAlias("oasdiff", id, severity) }, [.. parts]);

    private static RuleSpec Make(string id, Severity severity, string purpose, string fix) => new("oas-lint-" + id, severity, Side.Neither, purpose)
    {
        Advice = new Advice(severity switch
        {
            Severity.Breaking => "The document contradicts the specification or itself, so tools refuse it or read it differently.",
            Severity.Warning => "The document may be read otherwise than it is meant.",
            _ => "Nothing fails by it; people and tools would be served better.",
        }, fix),
    };
}
