using System.CommandLine;
using Davit.Manifest.Suggestions;
using Davit.Model;

namespace Davit.Cli.Shell;

/// <summary>What is said about a command line that cannot be read: the word that is wrong, and what was probably meant.</summary>
internal static class WrongLine
{
    public static ExitCode Show(ParseResult parsed)
    {
        GlobalOptions.Terminal(parsed).Show(Problem(parsed));
        return ExitCode.Usage;
    }

    private static Problem Problem(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var help = $"{Line(command)} --help";
        if (command.Subcommands.Count is 0)
            return CliProblems.BadLine(string.Join(' ', parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal)), [], help);
        if (parsed.UnmatchedTokens is not [var word, ..])
            return CliProblems.BadLine($"'{Line(command)}' needs a verb: {string.Join(", ", command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))}.", [], help);

        var known = word.StartsWith('-') ? command.Options.Select(o => o.Name) : command.Subcommands.Select(c => c.Name);
        return CliProblems.BadLine($"'{Line(command)}' has no {(word.StartsWith('-') ? "flag" : "verb")} '{word}'.", Suggest.For(word, known), help);
    }

    /// <summary>The command as it is typed.</summary>
    public static string Line(Command command)
    {
        var names = new List<string>();
        for (var at = command; at is not (null or RootCommand); at = at.Parents.OfType<Command>().FirstOrDefault())
            names.Insert(0, at.Name);
        return string.Join(' ', names.Prepend("davit"));
    }
}
