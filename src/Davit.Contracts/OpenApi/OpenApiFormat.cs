using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Formats;
using Davit.Contracts.OpenApi.Lint.Rules;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.OpenApi.Rules;
using Davit.Contracts.OpenApi.Walk;
using Davit.Contracts.Profiles;

namespace Davit.Contracts.OpenApi;

/// <summary>OpenAPI 2.0, 3.0, 3.1 and 3.2.</summary>
internal sealed class OpenApiFormat : IContractFormat
{
    public string Name => "openapi";

    public IEnumerable<RuleSpec> Rules => [.. OpenApiRules.All, .. VersionRules.All, .. LintRules.All];

    public bool Knows(string path, byte[] bytes, Node root) => root["openapi"].Exists || root["swagger"].Exists;

    public IEnumerable<Finding> Compare(ContractSource old, ContractSource @new, ComparisonOptions options, Profile profile)
    {
        var apis = new ApiPair(Read(old, options.StripOldPrefix), Read(@new, options.StripNewPrefix), new Settings(options.Today, options.StableNoticeDays, options.BetaNoticeDays));
        var sink = new FindingSink(profile.WantsProof, profile.WantsUnions);
        new ApiWalk(apis, sink).Run();
        var findings = profile.Judge(sink.Findings, options);
        if (!findings.Any(f => f.Severity is Severity.Breaking))
            return findings;
        sink.Add(VersionRules.Judge(apis.Old.Version, apis.New.Version), Place.Document.In("info"), apis.Old.Version, apis.New.Version);
        return profile.Judge(sink.Findings, options);
    }

    private static Api Read(ContractSource source, string prefix)
    {
        var files = new FileSet(source);
        var root = files.Open(source.Path).Root;
        if (root["openapi"].Scalar is ['3', '.', '0' or '1' or '2', '.', ..] || root["swagger"].Scalar is "2.0")
            return Api.Read(root, files, prefix);
        var version = root["openapi"] is { Exists: true } openapi ? openapi : root["swagger"];
        throw new UnreadableException(UnreadableCodes.Version, $"version {version.Scalar ?? "?"} is not known; 2.0, 3.0, 3.1 and 3.2 are", version.Where);
    }
}
