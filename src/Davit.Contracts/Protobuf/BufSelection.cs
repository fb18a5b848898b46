using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Davit.Contracts.Findings;
using Davit.Contracts.Profiles;
using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Protobuf;

/// <summary>Which rules a profile and the options ask for, and where.</summary>
internal sealed partial class BufSelection
{
    private const string Prefix = "buf-";

    private readonly FrozenSet<string> _wanted;
    private readonly ProtobufOptions _options;
    private readonly Dictionary<string, List<string>> _ignored = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The options name what there is not.</exception>
    public BufSelection(Profile profile, ProtobufOptions options)
    {
        _options = options;
        IsParity = Profiles.Contains(profile.Name, StringComparer.Ordinal);
        var rules = BufRules.Of(options.RuleSet);
        var used = options.Use.Count is 0 ? [IsParity ? Category(profile.Name) : "FILE"] : options.Use;
        var except = options.Except.SelectMany(e => BufRules.Named(e, rules)).ToHashSet(StringComparer.Ordinal);
        _wanted = (IsParity ? used.SelectMany(u => BufRules.Named(u, rules)) : BufRules.Of("v2").Keys).Where(r => !except.Contains(r)).ToFrozenSet(StringComparer.Ordinal);
        foreach (var (name, paths) in options.IgnoreOnly)
        {
            foreach (var rule in BufRules.Named(name, rules))
            {
                _ignored.TryAdd(rule, []);
                _ignored[rule].AddRange(paths);
            }
        }
    }

    /// <summary>The profiles that tell what buf tells, one for each of its categories.</summary>
    public static ImmutableArray<string> Profiles { get; } = ["buf-file", "buf-package", "buf-wire-json", "buf-wire", "buf-csr"];

    /// <summary>Nothing is told but what buf tells.</summary>
    public bool IsParity { get; }

    /// <param name="claimant">The rule that tells it better.</param>
    public bool Wants(RuleSpec rule, RuleSpec? claimant)
    {
        if (rule.Alias is { Checker: "buf" } alias && !_wanted.Contains(alias.Id))
            return false;
        return IsParity ? rule.Alias is not null : claimant is null;
    }

    /// <summary>Nothing is to be told of the file, or nothing by this rule.</summary>
    public bool Ignores(ProtoFile? file, RuleSpec rule) => file is not null
        && (_options.Ignore.Any(i => Holds(i, file.Name))
            || (rule.Alias is { } alias && _ignored.TryGetValue(alias.Id, out var paths) && paths.Exists(i => Holds(i, file.Name)))
            || (_options.IgnoreUnstablePackages && Unstable().IsMatch(file.Package)));

    private static string Category(string profile) => profile[Prefix.Length..].ToUpperInvariant().Replace('-', '_');

    private static bool Holds(string path, string file)
    {
        var trimmed = path.TrimEnd('/');
        return trimmed is "" or "." || file == trimmed || (file.StartsWith(trimmed, StringComparison.Ordinal) && file[trimmed.Length] is '/');
    }

    [GeneratedRegex(@"\.v[1-9][0-9]*(test.*|(p[1-9][0-9]*)?(alpha|beta)([1-9][0-9]*)?)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Unstable();
}
