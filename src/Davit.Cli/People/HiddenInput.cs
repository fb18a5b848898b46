using System.Text;
using Davit.Cli.Shell;
using Davit.Model;

namespace Davit.Cli.People;

/// <summary>What must not stand in arguments: typed without being shown, or one line each of standard input.</summary>
internal static class HiddenInput
{
    /// <exception cref="UsageException">There is nobody to ask, and standard input has ended.</exception>
    public static string Of(Invocation asked, string what)
    {
        var given = asked.MayAsk && !Console.IsInputRedirected ? Typed(asked, what) : Console.In.ReadLine();
        return given is { Length: > 0 } ? given : throw new UsageException(CliProblems.Bad($"The {what}", "is missing", $"Type it when asked, or write it as a line of standard input."));
    }

    private static string Typed(Invocation asked, string what)
    {
        asked.Terminal.Say($"{char.ToUpperInvariant(what[0])}{what[1..]} (not shown):");
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key is not ConsoleKey.Enter)
        {
            if (key.Key is ConsoleKey.Backspace)
                text.Length = Math.Max(0, text.Length - 1);
            else if (key.KeyChar is not '\0')
                text.Append(key.KeyChar);
        }

        return text.ToString();
    }
}
