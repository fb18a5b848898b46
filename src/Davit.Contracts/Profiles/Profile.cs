using System.Collections.Immutable;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Profiles;

/// <summary>A named set of levels over the same facts.</summary>
public sealed class Profile
{
    private static readonly Profile[] All =
    [
        new("davit", finding => finding),
        Parity("oasdiff"),
        new("backward", finding => finding),
        new("forward", finding => finding with { Severity = Forward(finding) }),
        new("full", finding => finding with { Severity = (Severity)Math.Max((int)finding.Severity, (int)Forward(finding)) }),
        new("registry-strict", finding => finding),
        new("registry-lenient", finding => finding),
    ];

    private readonly Func<Finding, Finding?> _judge;

    private Profile(string name, Func<Finding, Finding?> judge)
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

    /// <summary>Only what another checker finds, at its levels.</summary>
    private static Profile Parity(string checker) =>
        new(checker, finding => finding.Rule.Alias is { } alias && alias.Checker == checker ? finding with { Severity = alias.Level } : null);

    private static Severity Forward(Finding finding) => finding.Rule.Forward ?? finding.Severity;

    internal IEnumerable<Finding> Judge(IEnumerable<Finding> findings) => findings.Select(_judge).OfType<Finding>();
}
