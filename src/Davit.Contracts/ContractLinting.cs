using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Lint;
using Davit.Contracts.OpenApi.Walk;
using Davit.Contracts.Policies;
using Davit.Contracts.Profiles;

namespace Davit.Contracts;

/// <summary>Judges one contract by itself: what contradicts its specification or itself, and what will be regretted.</summary>
public static class ContractLinting
{
    /// <summary>The profiles that know rules about one document.</summary>
    public static ImmutableArray<string> Profiles { get; } = ["davit", "strict", "lenient", "oasdiff"];

    /// <summary>What is wrong with an OpenAPI document, the worst first. Findings have only a new side.</summary>
    /// <exception cref="UnreadableException">It cannot be read, or is no OpenAPI document.</exception>
    /// <exception cref="ArgumentException">There is no profile of the name asked for.</exception>
    public static ImmutableArray<Finding> Of(ContractSource source, ComparisonOptions options)
    {
        if (!Profiles.Contains(options.Profile, StringComparer.Ordinal))
            throw new ArgumentException($"The profile '{options.Profile}' has no rules about one document.", nameof(options));
        var files = new FileSet(source with { Fetch = options.Fetch }, ReadLimits.Default with { RefusesTwins = false });
        var root = files.Open(source.Path).Root;
        if (!IsOpenApi(root))
            throw new UnreadableException(UnreadableCodes.Format, $"'{source.Path}' is no OpenAPI document");
        var sink = new FindingSink(wantsProof: false);
        new LintWalk(new LintContext(root, files, SpecVersions.Of(root), options.Today), sink).Run();
        var judged = PolicyJudge.Judge(Profile.Find(options.Profile)!.Judge(sink.Findings, options), source, options);
        return [.. judged.Order(Comparer<Finding>.Create(Compare))];
    }

    /// <summary>One that forgot to say so is recognised by what it holds.</summary>
    private static bool IsOpenApi(Node root) => root["openapi"].Exists || root["swagger"].Exists || (root["info"].IsObject && root["paths"].IsObject && !root["asyncapi"].Exists);

    private static int Compare(Finding left, Finding right)
    {
        var (l, r) = (left.New?.Position, right.New?.Position);
        var bySeverity = right.Severity.CompareTo(left.Severity);
        var byFile = bySeverity is not 0 ? bySeverity : string.CompareOrdinal(l?.File, r?.File);
        var byPlace = byFile is not 0 ? byFile : (l?.Line ?? 0, l?.Column ?? 0).CompareTo((r?.Line ?? 0, r?.Column ?? 0));
        return byPlace is not 0 ? byPlace : string.CompareOrdinal(left.Rule.Id + left.Text, right.Rule.Id + right.Text);
    }
}
