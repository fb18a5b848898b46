using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Profiles;

/// <summary>A named set of levels over the same facts.</summary>
public sealed class Profile
{
    private static readonly Profile[] All =
    [
        new("davit", (finding, _) => finding.ClaimedBy is not null ? null : finding.Proof is Proof.Safe ? finding with { Severity = Severity.Note } : finding),
        new("strict", (finding, _) => finding.ClaimedBy is null ? finding : null),
        new("lenient", (finding, _) => finding.ClaimedBy is not null ? null : finding with { Severity = Lenient(finding) }),
        Parity("oasdiff"),
        new("openapi-diff", (finding, options) => finding with { Severity = OpenApiDiffSwitches.Breaks(finding.Rule.Id, options.Switches) ? Severity.Breaking : Severity.Note }),
        new("optic", (finding, _) => OpticRules.Named(finding) is { } rule ? finding with { Rule = rule, Severity = Severity.Breaking } : EngineRules.All.Contains(finding.Rule) ? finding : null),
        Parity("graphql-inspector"),
        Parity("asyncapi-diff"),
        .. Protobuf.BufSelection.Profiles.Select(name => Parity("buf", name)),
        new("backward", (finding, _) => finding),
        new("forward", (finding, _) => finding with { Severity = Forward(finding) }),
        new("full", (finding, _) => finding with { Severity = (Severity)Math.Max((int)finding.Severity, (int)Forward(finding)) }),
        new("registry-strict", (finding, _) => finding),
        new("registry-lenient", (finding, _) => finding),
    ];

    private readonly Func<Finding, ComparisonOptions, Finding?> _judge;

    private Profile(string name, Func<Finding, ComparisonOptions, Finding?> judge)
    {
        Name = name;
        _judge = judge;
    }

    /// <summary>Every profile there is.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(p => p.Name)];

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>Null when there is none of that name.</summary>
    public static Profile? Find(string name) => Array.Find(All, p => p.Name == name);

    /// <summary>It has levels for contracts of this format; profiles of other checkers have them for theirs alone.</summary>
    /// <param name="format">One of <see cref="ContractKind.Names"/>.</param>
    public bool Knows(string format) => Name switch
    {
        "oasdiff" or "openapi-diff" or "optic" => format is "openapi",
        "graphql-inspector" => format is "graphql",
        "asyncapi-diff" => format is "asyncapi",
        ['b', 'u', 'f', '-', ..] => format is "protobuf",
        _ => true,
    };

    /// <summary>Only what another checker finds, at its levels.</summary>
    private static Profile Parity(string checker, string? name = null) =>
        new(name ?? checker, (finding, _) => finding.Rule.Alias is { } alias && alias.Checker == checker ? finding with { Severity = finding.LevelOfAlias ?? alias.Level }
            : EngineRules.All.Contains(finding.Rule) ? finding : null);

    /// <summary>Only what is certain breaks: values by a witness, all else by its rule.</summary>
    private static Severity Lenient(Finding finding) => (finding.Severity, finding.Proof) switch
    {
        (Severity.Breaking, Proof.Undecided) => Severity.Warning,
        (Severity.Breaking, not Proof.Safe) => Severity.Breaking,
        _ => Severity.Note,
    };

    private static Severity Forward(Finding finding) => finding.Rule.Forward ?? finding.Severity;

    /// <summary>It asks what values prove; most other checkers do not.</summary>
    internal bool WantsProof => Name is "davit" or "strict" or "lenient" or "optic";

    /// <summary>It compares alternatives of schemas each by itself.</summary>
    internal bool WantsUnions => Name is "optic";

    internal IEnumerable<Finding> Judge(IEnumerable<Finding> findings, ComparisonOptions options) => findings.Select(f => _judge(f, options)).OfType<Finding>();
}
