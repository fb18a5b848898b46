using System.Diagnostics;
using System.Text.RegularExpressions;
using Davit.Model;

namespace Davit.ControlPlane.Sourcing;

/// <summary>Reads one commit of a Git repository into a directory. Runs <c>git</c> with an argument list and no prompts.</summary>
internal sealed partial class GitSource(TimeProvider clock)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    /// <param name="repository">An https, ssh, git or file address, or a directory of this machine.</param>
    /// <returns>The commit that was read.</returns>
    /// <exception cref="ProblemException">DV5902.</exception>
    public async Task<string> FetchAsync(string repository, string reference, string target, CancellationToken ct)
    {
        if (!Address().IsMatch(repository) || !Reference().IsMatch(reference))
            throw new ProblemException(SourceProblems.BadRepository(repository, reference, "the address or reference has a form that is not accepted"));

        using var limit = new CancellationTokenSource(Deadline, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        Directory.CreateDirectory(target);
        await GitAsync(target, ["init", "--quiet", "."], repository, reference, linked.Token);
        await GitAsync(target, ["fetch", "--quiet", "--depth", "1", "--no-tags", "--", repository, reference], repository, reference, linked.Token);
        var commit = (await GitAsync(target, ["rev-parse", "FETCH_HEAD"], repository, reference, linked.Token)).Trim();
        await GitAsync(target, ["-c", "core.symlinks=true", "checkout", "--quiet", "--detach", commit], repository, reference, linked.Token);
        Directory.Delete(Path.Combine(target, ".git"), recursive: true);
        return commit;
    }

    private static async Task<string> GitAsync(string directory, string[] arguments, string repository, string reference, CancellationToken ct)
    {
        var start = new ProcessStartInfo("git", ["-c", "protocol.ext.allow=never", "-c", "core.hooksPath=/dev/null", .. arguments])
        {
            WorkingDirectory = directory, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["GIT_TERMINAL_PROMPT"] = "0", ["GIT_CONFIG_NOSYSTEM"] = "1", ["GIT_ASKPASS"] = "true", ["LC_ALL"] = "C" },
        };
        using var git = Process.Start(start)!;
        git.StandardInput.Close();
        try
        {
            var output = git.StandardOutput.ReadToEndAsync(ct);
            var errors = git.StandardError.ReadToEndAsync(ct);
            await git.WaitForExitAsync(ct);
            return git.ExitCode is 0
                ? await output
                : throw new ProblemException(SourceProblems.BadRepository(repository, reference, LastLine(await errors)));
        }
        catch (OperationCanceledException)
        {
            git.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "git ended without a word";

    [GeneratedRegex(@"^(?:(?:https?|ssh|git|file)://[^\s-][^\s]*|/[^\s]+|[a-zA-Z0-9._-]+@[a-zA-Z0-9.-]+:[^\s-][^\s]*)\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._/@-]{0,200}\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
