using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using Davit.Manifest.Suggestions;
using Davit.Model;

namespace Davit.Cli.Shell;

/// <summary>One thing the user can ask for. A verb parses, calls the control plane and prints; it decides nothing.</summary>
internal abstract class Verb : Command
{
    private const int ReaderGone = 32;

    /// <param name="examples">Lines that can be pasted.</param>
    protected Verb(string name, string description, params string[] examples) : base(name, description)
    {
        Examples = examples;
        SetAction((parsed, ct) => GuardAsync(parsed, ct));
    }

    public IReadOnlyList<string> Examples { get; }

    protected abstract Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct);

    /// <summary>The parser takes a misspelt flag for an argument; nobody means that, except after <c>--</c>.</summary>
    private static void RefuseUnknownFlags(ParseResult parsed)
    {
        var unknown = parsed.Tokens.TakeWhile(t => t.Type is not TokenType.DoubleDash).FirstOrDefault(t => t.Type is TokenType.Argument && t.Value is ['-', '-', _, ..]);
        if (unknown is null)
            return;

        var known = parsed.CommandResult.Command.Options.Concat(GlobalOptions.All).Select(o => o.Name);
        throw new UsageException(CliProblems.UnknownFlag(unknown.Value, Suggest.For(unknown.Value, known)));
    }

    /// <summary>The only place that catches.</summary>
    private async Task<int> GuardAsync(ParseResult parsed, CancellationToken ct)
    {
        var terminal = GlobalOptions.Terminal(parsed);
        using var asked = new Invocation(parsed, terminal);
        try
        {
            RefuseUnknownFlags(parsed);
            return (int)await RunAsync(asked, ct);
        }
        catch (IOException e) when (e.HResult is ReaderGone || e.InnerException is SocketException { SocketErrorCode: SocketError.Shutdown })
        {
            return (int)ExitCode.Done;
        }
        catch (Exception e)
        {
            terminal.Live("");
            return (int)await TellAsync(asked, e);
        }
    }

    private static async Task<ExitCode> TellAsync(Invocation asked, Exception e)
    {
        switch (e)
        {
            case StoppedWatchingException stopped:
                if (asked.Terminal.IsJson)
                    asked.Terminal.Show(stopped.Problem);
                asked.Terminal.Say($"{stopped.Problem.Detail} {stopped.Problem.Hint}");
                return ExitCode.Interrupted;
            case OperationCanceledException:
                if (asked.Terminal.IsJson)
                    asked.Terminal.Show(CliProblems.Interrupted());
                return ExitCode.Interrupted;
            case UsageException usage:
                asked.Terminal.Show(usage.Problem);
                return ExitCode.Usage;
            case ProblemException problem:
                asked.Terminal.Show(await NameHelp.WithSuggestionsAsync(asked, problem.Problem));
                return problem.Problem.Of == CliProblems.StillRunning ? ExitCode.StillRunning : problem.Problem.Of.IsRetryable ? ExitCode.TryAgain : ExitCode.Problem;
            case UnauthorizedAccessException or IOException:
                asked.Terminal.Show(CliProblems.Unreadable(e.Message));
                return ExitCode.Problem;
            default:
                asked.Terminal.Show(CliProblems.Bug(e));
                return ExitCode.Bug;
        }
    }
}

/// <summary>The command line itself is wrong: exit 2.</summary>
internal sealed class UsageException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}

/// <summary>The watching was interrupted, what was watched goes on.</summary>
internal sealed class StoppedWatchingException(string what, string hint) : OperationCanceledException
{
    public Problem Problem { get; } = CliProblems.NotWatching(what, hint);
}
