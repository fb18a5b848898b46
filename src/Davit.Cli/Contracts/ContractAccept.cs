using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Contracts.Policies;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Contracts;

/// <summary><c>davit contract accept FINGERPRINT…</c>: writes waivers into <c>.davit/waivers.yaml</c>. Works without a server.</summary>
internal sealed class ContractAccept : ContractVerb
{
    private readonly Argument<string[]> _fingerprints = new("fingerprint") { Description = "What is to be permitted, by fingerprint.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, in ten characters or more." };
    private readonly Option<string?> _until = new("--until") { Description = "The last day it holds, at most 366 days ahead, such as 2027-01-31." };
    private readonly Option<string?> _owner = new("--owner") { Description = "Who answers for it; user.name of Git when it is not given." };
    private readonly Option<bool> _remove = new("--remove") { Description = "Take the permissions back." };
    private readonly FindingSearch _search;

    public ContractAccept() : base("accept", "Permit findings until a day, with a reason; the waivers belong into the repository. Works without a server.", "davit contract accept 0f3a9c21b4d57e68 --reason \"mobile app 3.1 is out everywhere\" --until 2027-03-01", "davit contract accept 0f3a9c21b4d57e68 --remove")
    {
        Add(_fingerprints);
        foreach (var option in (Option[])[_reason, _until, _owner, _remove])
            Add(option);
        _search = new FindingSearch(this);
        AddJudging();
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var fingerprints = asked.Get(_fingerprints)!;
        var root = _search.Root(asked);
        var options = Judging(asked, root);
        var before = PolicyFiles.ReadWaivers(root, options.Today).Waivers;
        if (asked.Get(_remove) && fingerprints.FirstOrDefault(f => !before.Any(w => w.Fingerprint == f)) is { } unknown)
            throw new ProblemException(ContractProblems.NoWaiver(unknown));
        var kept = before.Where(w => !fingerprints.Contains(w.Fingerprint, StringComparer.Ordinal)).ToImmutableArray();
        var added = asked.Get(_remove) ? [] : await AddedAsync(asked, fingerprints, options, ct);
        Write(Path.Combine(root, PolicyFiles.Waivers), WaiverFile.Text([.. kept, .. added]));
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(new JsonObject { ["file"] = PolicyFiles.Waivers, ["waivers"] = new JsonArray([.. kept.Concat(added).Select(w => WaiverList.Body(w, options.Today))]) }, WireJson.Default.JsonObject);
        asked.Terminal.Say(asked.Get(_remove) ? $"taken back: {fingerprints.Length}; see {PolicyFiles.Waivers}" : $"waived until {asked.Get(_until)}: {added.Length}; commit {PolicyFiles.Waivers}");
        return ExitCode.Done;
    }

    private async Task<ImmutableArray<Waiver>> AddedAsync(Invocation asked, string[] fingerprints, Davit.Contracts.ComparisonOptions options, CancellationToken ct)
    {
        var reason = asked.Get(_reason) is { Length: >= Waiver.ShortestReason } said ? said
            : throw new UsageException(CliProblems.Bad("the reason", $"has less than {Waiver.ShortestReason} characters", "Write --reason \"mobile app 3.1 is out everywhere\""));
        var until = Until(asked.Get(_until), options.Today);
        var owner = asked.Get(_owner) ?? new Git(Environment.CurrentDirectory).Ask("config", "user.name");
        if (owner is null or "")
            throw new UsageException(CliProblems.Needed("owner", "--owner"));
        var report = await _search.ReportAsync(asked, options, CompareAsync, ct);
        return
        [
            .. fingerprints.Distinct(StringComparer.Ordinal).Select(f => FindingSearch.Find(report, f)).Select(f =>
                new Waiver(f.Fingerprint, f.Rule.Id, $"{f.Operation} {f.Path}".Trim() is { Length: > 0 } at ? at : "*", f.Element is "" ? "*" : f.Element, options.Consumer, reason, owner, until)),
        ];
    }

    private static DateOnly Until(string? said, DateOnly today)
    {
        if (!DateOnly.TryParseExact(said, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until))
            throw new UsageException(CliProblems.Bad($"'{said}'", "is no last day", "Write --until 2027-01-31"));
        return until >= today && until <= today.AddDays(Waiver.LongestDays) ? until
            : throw new UsageException(CliProblems.Bad($"'{said}'", $"is not within the next {Waiver.LongestDays} days", $"Write --until {today.AddDays(90).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"));
    }

    /// <summary>The file is the old one or the new one, whatever happens in between.</summary>
    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText($"{path}.new", text);
        File.Move($"{path}.new", path, overwrite: true);
    }
}
