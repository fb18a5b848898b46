using System.CommandLine;
using System.Globalization;
using Davit.Cli.Shell;
using Davit.Contracts;
using Davit.Contracts.Documents;
using Davit.Contracts.Profiles;
using Davit.Contracts.Reports;
using Davit.Model;
using Severity = Davit.Contracts.Findings.Severity;

namespace Davit.Cli.Contracts;

/// <summary>What all verbs share that judge contracts. A flag counts before a variable, and that before the policy.</summary>
internal abstract class ContractVerb(string name, string description, params string[] examples) : Verb(name, description, examples)
{
    private readonly Option<string?> _profile = new("--profile") { Description = $"Whose levels count: {string.Join(", ", Profile.Names)}." };
    private readonly Option<string?> _policy = new("--policy") { Description = "The policy; .davit/contracts.yaml when it is not given and there is one." };
    private readonly Option<string?> _consumer = new("--consumer") { Description = "The consumer that is asked for; some waivers are for one alone." };
    private readonly Option<string?> _today = new("--today") { Description = "The day that end dates are measured against, such as 2027-01-31; the current one when it is not given." };

    private readonly Option<bool> _allowRemote = new("--allow-remote") { Description = "Fetch what references on other machines lead to; they are refused without it." };

    /// <summary>Adds the options after the verb's own.</summary>
    protected void AddJudging()
    {
        foreach (var option in (Option[])[_profile, _policy, _consumer, _today, _allowRemote])
            Add(option);
    }

    /// <param name="root">The directory that policies are looked for in.</param>
    protected ComparisonOptions Judging(Invocation asked, string root)
    {
        var today = Today(asked.Get(_today));
        var policy = PolicyFiles.Read(root, Said(asked, _policy), today);
        return new ComparisonOptions(today)
        {
            Fetch = asked.Get(_allowRemote) ? new RemoteFiles().Fetch : null,
            Profile = KnownProfile(Said(asked, _profile) ?? policy.Profile ?? Profile.Names[0]),
            Policy = policy,
            Consumer = asked.Get(_consumer) ?? "",
            StableNoticeDays = policy.StableNoticeDays ?? 0,
            BetaNoticeDays = policy.BetaNoticeDays ?? 0,
        };
    }

    protected static Severity FailOn(string word) => word switch
    {
        "breaking" => Severity.Breaking,
        "warning" => Severity.Warning,
        "none" => (Severity)int.MaxValue,
        _ => throw new UsageException(CliProblems.Bad($"'{word}'", "is no level to fail on", "Write --fail-on breaking, --fail-on warning or --fail-on none")),
    };

    /// <summary>What a flag says, or the variable of its name, such as <c>DAVIT_CONTRACT_FAIL_ON</c>.</summary>
    protected static string? Said(Invocation asked, Option<string?> option) => asked.Get(option) is { Length: > 0 } flag ? flag
        : Environment.GetEnvironmentVariable($"DAVIT_CONTRACT_{option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant()}") is { Length: > 0 } variable ? variable : null;

    protected static async Task<ContractReport> CompareAsync(string old, string @new, ComparisonOptions options, CancellationToken ct)
    {
        if (old is "-" && @new is "-")
            throw new UsageException(CliProblems.Bad("both sides", "cannot come from standard input", "Name a file for one of them: davit contract diff old.yaml -"));
        // Either may have to be compiled, which takes a while.
        var sides = await Task.WhenAll(Task.Run(() => ContractInput.ReadAsync(old, ct), ct), Task.Run(() => ContractInput.ReadAsync(@new, ct), ct));
        var comparison = Readable(() => Comparison.Of(sides[0], sides[1], options));
        return Profile.Find(options.Profile)!.Knows(comparison.Format) ? new ContractReport(comparison, old, @new, options.Profile) { NewDirectory = sides[1].Directory }
            : throw new UsageException(CliProblems.Bad($"the profile '{options.Profile}'", $"has no levels for {comparison.Format}", $"Write --profile {Profile.Names[0]}"));
    }

    /// <summary>One of many contracts: what the profile of another checker has no levels for is judged by ours.</summary>
    public static ContractReport Report(Func<ComparisonOptions, Comparison> compare, string old, string @new, ComparisonOptions options)
    {
        var comparison = Readable(() => compare(options));
        if (Profile.Find(options.Profile)!.Knows(comparison.Format))
            return new ContractReport(comparison, old, @new, options.Profile);
        var ours = options with { Profile = Profile.Names[0] };
        return new ContractReport(Readable(() => compare(ours)), old, @new, ours.Profile);
    }

    /// <summary>What cannot be read is a problem of the user's.</summary>
    public static T Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnreadableException unreadable)
        {
            throw new ProblemException(ContractProblems.Unreadable(unreadable.Code, unreadable.Message, unreadable.At?.ToString() ?? ""), unreadable);
        }
    }

    private static string KnownProfile(string name) => Profile.Find(name) is not null ? name
        : throw new UsageException(CliProblems.Bad($"'{name}'", "is no profile", $"Write --profile {Profile.Names[0]}"));

    private static DateOnly Today(string? text)
    {
        if (text is null)
            return DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw new UsageException(CliProblems.Bad($"'{text}'", "is no date", "Write --today 2027-01-31"));
    }
}
