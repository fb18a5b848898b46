using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV59: where a change comes from.</summary>
public static class SourceProblems
{
    private static readonly ProblemCode ArchiveRefused = new("DV5901", "archive-refused", "The source archive was refused", 422);
    private static readonly ProblemCode RepositoryFailed = new("DV5902", "repository-failed", "The repository could not be read", 422);
    private static readonly ProblemCode SourceGone = new("DV5903", "source-gone", "The source is not here any more", 422);

    public static ImmutableArray<ProblemCode> All { get; } = [ArchiveRefused, RepositoryFailed, SourceGone];

    public static Problem BadArchive(string why) => new(
        ArchiveRefused, $"The archive was refused because {why}. Nothing of it was kept and nothing was changed.", "Send the directory with 'davit deploy', which packs it in the right form.");

    public static Problem BadRepository(string repository, string reference, string why) => new(
        RepositoryFailed, $"'{repository}' at '{reference}' could not be read: {why}. Nothing was changed.", $"Check it with: git ls-remote {repository}");

    public static Problem Gone(string what) => new(
        SourceGone, $"{what} was removed or never arrived. Nothing was changed.", "Deploy the directory again with 'davit deploy'.");
}
