using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using Davit.Manifest.Suggestions;
using Davit.Model;

namespace Davit.Cli.Shell;

/// <summary>One thing the user can ask for. A verb parses, calls the control plane and prints; it decides nothing.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description, string example) : base(name, description)
    {
        Example = example;
        SetAction((parsed, ct) => GuardAsync(parsed, ct));
    }

    /// <summary>A line that can be pasted.</summary>
    public string Example { get; }

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
        try
        {
            RefuseUnknownFlags(parsed);
            using var asked = new Invocation(parsed, terminal);
            return (int)await RunAsync(asked, ct);
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (UsageException e)
        {
            terminal.Show(e.Problem);
            return (int)ExitCode.Usage;
        }
        catch (ProblemException e)
        {
            terminal.Show(e.Problem);
            return (int)(e.Problem.Of.IsRetryable ? ExitCode.TryAgain : ExitCode.Problem);
        }
        catch (IOException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.Shutdown })
        {
            return (int)ExitCode.Done;
        }
        catch (Exception e)
        {
            terminal.Show(CliProblems.Bug(e));
            return (int)ExitCode.Bug;
        }
    }
}

/// <summary>The command line itself is wrong: exit 2.</summary>
internal sealed class UsageException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
