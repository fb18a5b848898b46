using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Davit.Cli.Shell;

/// <summary>The usual help, with the verb's example and the exit codes after it.</summary>
internal sealed class HelpWithExample(HelpAction usual) : SynchronousCommandLineAction
{
    private const string ExitCodes =
        """
        Exit codes:
          0 done · 1 a problem · 2 usage · 10 partly done · 75 try again, nothing changed · 76 still running · 100 contract broken · 120 bug · 130 interrupted
        """;

    public static void Install(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().First();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        // A verb that asks for a name takes it after --yes, and then the flag of that name is not there.
        GlobalOptions.Yes.Hidden = parseResult.CommandResult.Command.Options.Any(o => o != GlobalOptions.Yes && o.Name == GlobalOptions.Yes.Name);
        var result = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb verb)
            parseResult.InvocationConfiguration.Output.WriteLine($"{(verb.Examples.Count is 1 ? "Example" : "Examples")}:\n{string.Join('\n', verb.Examples.Select(e => $"  {e}"))}\n\n{ExitCodes}");
        return result;
    }
}
