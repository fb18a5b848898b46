using System.CommandLine;
using System.Net.Sockets;
using Davit.Model;

namespace Davit.Cli.Shell;

/// <summary>One thing the user can ask for. A verb parses, calls the control plane and prints; it decides nothing.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description, string example) : base(name, $"{description}\n\nExample: {example}") =>
        SetAction((parsed, ct) => GuardAsync(parsed, ct));

    protected abstract Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct);

    /// <summary>The only place that catches.</summary>
    private async Task<int> GuardAsync(ParseResult parsed, CancellationToken ct)
    {
        var terminal = GlobalOptions.Terminal(parsed);
        try
        {
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
