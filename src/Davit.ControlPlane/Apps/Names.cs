using System.Text.RegularExpressions;
using Davit.Model;
using Npgsql;

namespace Davit.ControlPlane.Apps;

/// <summary>The one form of names, and what a taken one looks like.</summary>
internal static partial class Names
{
    private const int LongestDescription = 256;

    public static string Check(string name) => Label().IsMatch(name) ? name : throw new ProblemException(ApiProblems.BadName(name));

    public static string CheckDescription(string text) => text.Length <= LongestDescription
        ? text
        : throw new ProblemException(ApiProblems.BadBody($"'description' has {text.Length} characters; at most {LongestDescription} are kept"));

    /// <summary>The database's uniqueness decides races; its violation becomes the problem a person reads.</summary>
    public static async Task<T> ReserveAsync<T>(string kind, string name, Func<Task<T>> write)
    {
        Check(name);
        try
        {
            return await write();
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            throw new ProblemException(ApiProblems.Taken(kind, name), e);
        }
    }

    /// <summary>Two who make an account for one address at once are told so.</summary>
    public static async Task ReserveMailAsync(string email, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            throw new ProblemException(AccessProblems.AlreadyMember(email), e);
        }
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Label();
}
