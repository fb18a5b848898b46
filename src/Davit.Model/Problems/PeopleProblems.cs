using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV71: what orgs demand of their people, and the life of orgs.</summary>
public static class PeopleProblems
{
    private static readonly ProblemCode BreachedList = new("DV7100", "breached-list-unusable", "The list of stolen passwords cannot be used", 500);
    private static readonly ProblemCode FactorOwed = new("DV7101", "second-factor-owed", "The org demands a second factor", 403);
    private static readonly ProblemCode FactorDemanded = new("DV7102", "second-factor-demanded", "An org demands the second factor", 409);
    private static readonly ProblemCode PeopleFile = new("DV7103", "people-file-refused", "The list of people was not accepted", 422);
    private static readonly ProblemCode Suspended = new("DV7104", "org-suspended", "The org is suspended", 403);
    private static readonly ProblemCode InUse = new("DV7105", "org-in-use", "The org has environments", 409);
    private static readonly ProblemCode First = new("DV7106", "org-first", "The installation's first org stays", 409);
    private static readonly ProblemCode NotDeleted = new("DV7107", "org-not-deleted", "The org cannot be brought back", 409);

    public static ImmutableArray<ProblemCode> All { get; } = [BreachedList, FactorOwed, FactorDemanded, PeopleFile, Suspended, InUse, First, NotDeleted];

    public static Problem BreachedListUnusable(string file, string why) => new(
        BreachedList, $"The file {file} {why}. davitd did not start.", "Give a file of sorted hashes with --breached-passwords, or leave the option away.");

    public static Problem OwesSecondFactor() => new(
        FactorOwed, "The org demands a second factor of everybody, and you have none or signed in without it. Nothing was changed; until you show one you hold nothing in this org.", "Set one up: davit profile authenticator; or sign in with your passkey");

    public static Problem SecondFactorDemanded(string org) => new(
        FactorDemanded, $"The org '{org}' demands a second factor of everybody. Nothing was changed.", "Leave the org first, or have an owner lift that: davit org set --second-factor optional");

    public static Problem SecondFactorFirst() => new(
        FactorDemanded, "You have no second factor yourself, and would shut yourself out. Nothing was changed.", "Set one up first: davit profile authenticator");

    /// <param name="faults">Line and what is wrong with it.</param>
    public static Problem PeopleRefused(IReadOnlyCollection<(int Line, string Message)> faults)
    {
        const int Shown = 100;
        return new(PeopleFile, $"{(faults.Count is 1 ? "One line is" : $"{faults.Count} lines are")} not right; the first is line {faults.First().Line}. Nobody was invited.", "Mend the lines, then try it with: davit member invite --from people.csv --dry-run")
        {
            Faults = [.. faults.Take(Shown).Select(f => new Fault(PeopleFile, Severity.Error, f.Message, new SourcePosition("people.csv", f.Line, 1), ""))],
        };
    }

    public static Problem OrgSuspended(string reason) => new(
        Suspended, $"The operators of the installation have suspended the org{(reason is "" ? "" : $": {reason}")}. What runs goes on; nothing was changed.", "Ask the operators of the installation.");

    public static Problem OrgInUse(IReadOnlyList<string> envs) => new(
        InUse, $"It has {string.Join(", ", envs.Take(5))}{(envs.Count > 5 ? $" and {envs.Count - 5} more" : "")}. Nothing was deleted.", "Delete them first, or have them deleted too: davit org delete NAME --with-environments");

    public static Problem OrgIsFirst() => new(
        First, "The machine's own token and the log of the installation belong to the first org. Nothing was deleted.", "Rename it instead: davit org update NAME --name OTHER");

    public static Problem OrgGone(string org) => new(
        NotDeleted, $"The org '{org}' was not deleted, or longer than 14 days ago. Nothing was changed.", "Make another one: davit org create NAME");
}
