using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Policies;

/// <summary>What a team agreed on about its contracts: whose levels count, which differ, what is permitted until when.</summary>
public sealed record ContractPolicy
{
    /// <summary>Nothing was agreed on.</summary>
    public static readonly ContractPolicy None = new();

    /// <summary>One of <see cref="Profiles.Profile.Names"/>; null where none is named.</summary>
    public string? Profile { get; init; }

    /// <summary>One of <see cref="Policies.Edition.Names"/>; null for the newest.</summary>
    public string? Edition { get; init; }

    /// <summary>The level that fails a check: <c>breaking</c>, <c>warning</c> or <c>none</c>; null where none is named.</summary>
    public string? FailOn { get; init; }

    /// <summary>Levels that differ from those of the profile. The last that fits a finding counts.</summary>
    public ImmutableArray<LevelSetting> Levels { get; init; } = [];

    /// <summary>What is permitted although it breaks.</summary>
    public ImmutableArray<Waiver> Waivers { get; init; } = [];

    /// <summary>Days between announcement and end of what is stable, 0 to 3,650; null where nothing was agreed on.</summary>
    public int? StableNoticeDays { get; init; }

    /// <summary>The same for what is in beta.</summary>
    public int? BetaNoticeDays { get; init; }

    /// <summary>Marks inside of documents may permit what breaks; otherwise they permit warnings and notes alone.</summary>
    public bool HasMarksForBreaks { get; init; }

    /// <summary>The contracts there are; where none is declared they are looked for.</summary>
    public ImmutableArray<string> Provides { get; init; } = [];

    /// <summary>Files that are no contracts, as globs in which <c>*</c> stands for any characters.</summary>
    public ImmutableArray<string> Ignores { get; init; } = [];

    /// <summary>Pairs of contracts and what must be found between them.</summary>
    public ImmutableArray<PolicyTest> Tests { get; init; } = [];

    /// <summary>Reads <c>.davit/contracts.yaml</c>, or <c>.davit/waivers.yaml</c>, which holds waivers alone.</summary>
    /// <param name="file">What it is called in messages.</param>
    /// <param name="today">The day that permissions are measured against.</param>
    /// <exception cref="UnreadableException">It is not well-formed.</exception>
    /// <exception cref="PolicyRefusedException">It says what no policy can say; nothing of it was taken.</exception>
    public static ContractPolicy Read(string file, byte[] bytes, DateOnly today) => PolicyReader.Read(file, bytes, member: "", today);

    /// <summary>Reads the member <c>contracts</c> of <c>davit.yaml</c>; what else the file says is not looked at.</summary>
    /// <exception cref="UnreadableException">It is not well-formed.</exception>
    /// <exception cref="PolicyRefusedException">It says what no policy can say; nothing of it was taken.</exception>
    public static ContractPolicy ReadManifest(string file, byte[] bytes, DateOnly today) => PolicyReader.Read(file, bytes, member: "contracts", today);

    /// <summary>The file is no contract, as the policy says.</summary>
    public bool IsIgnored(string path) => Ignores.Any(glob => Glob.Fits(glob, path));

    /// <summary>Both policies; where they contradict, the other one counts.</summary>
    public ContractPolicy With(ContractPolicy other) => new()
    {
        Profile = other.Profile ?? Profile,
        Edition = other.Edition ?? Edition,
        FailOn = other.FailOn ?? FailOn,
        Levels = Levels.AddRange(other.Levels),
        Waivers = Waivers.AddRange(other.Waivers),
        StableNoticeDays = other.StableNoticeDays ?? StableNoticeDays,
        BetaNoticeDays = other.BetaNoticeDays ?? BetaNoticeDays,
        HasMarksForBreaks = HasMarksForBreaks || other.HasMarksForBreaks,
        Provides = Provides.AddRange(other.Provides),
        Ignores = Ignores.AddRange(other.Ignores),
        Tests = Tests.AddRange(other.Tests),
    };
}

/// <summary>A level for all findings that fit.</summary>
/// <param name="Rule">A rule, such as <c>oas-request-body-removed</c>, an alias, such as <c>oasdiff:request-body-removed</c>, or a glob of either.</param>
/// <param name="At">The operation and its path as a glob, such as <c>GET /orders*</c>; <c>*</c> for all.</param>
/// <param name="Level">Null: such findings are not told.</param>
public sealed record LevelSetting(string Rule, string At, Severity? Level, string Reason);

/// <param name="Old">A file, from where the policy stands.</param>
/// <param name="New">The same.</param>
/// <param name="Expects">Every finding that must be there, as its level and its rule, such as <c>breaking oas-request-body-removed</c>.</param>
public sealed record PolicyTest(string Name, string Old, string New, ImmutableArray<string> Expects);
