using System.CommandLine;
using Davit.Model;

namespace Davit.Cli.Shell;

/// <summary>Data is only lost by those who have said its name.</summary>
internal static class NameConfirmation
{
    public static Option<string?> Option(string description) => new("--yes", "--confirm") { Description = description, HelpName = "name" };

    /// <exception cref="ProblemException">DV4018.</exception>
    public static string Of(Invocation asked, Option<string?> option, string name, string what)
    {
        var given = asked.Get(option) ?? Ask(asked, name, what);
        return given == name ? given : throw new ProblemException(ApiProblems.Confirm(name));
    }

    private static string? Ask(Invocation asked, string name, string what)
    {
        if (!asked.MayAsk)
            return null;
        asked.Terminal.Say($"{what} Type the name '{name}' to go on:");
        return Console.ReadLine();
    }
}
