namespace Davit.Contracts.Findings;

/// <summary>What a rule is, apart from how it looks. Ids are kebab-case and never used again for something else.</summary>
/// <param name="Id">Begins with the prefix of its format, such as <c>oas-</c>.</param>
/// <param name="Purpose">One sentence: what it finds.</param>
/// <param name="Alias">The same rule as another checker names it, with that checker's level.</param>
/// <param name="Forward">How bad it is when the old side reads what the new one writes; null where that makes no difference.</param>
public sealed record RuleSpec(string Id, Severity Severity, Side Side, string Purpose, RuleAlias? Alias = null, Severity? Forward = null)
{
    /// <summary>Who is hit and what to do, where its level and its side do not say it.</summary>
    public Advice? Advice { get; init; }

    /// <summary>The page about the rule.</summary>
    public Uri Docs => new($"https://davit.dev/docs/contracts/rules/{Id}");
}

/// <param name="Checker">Such as <c>oasdiff</c>.</param>
/// <param name="Id">The id without the checker.</param>
public sealed record RuleAlias(string Checker, string Id, Severity Level);

/// <param name="Why">Who is hit, in one sentence.</param>
/// <param name="Fix">What to do, in one sentence.</param>
public sealed record Advice(string Why, string Fix);
