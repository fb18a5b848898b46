using System.Diagnostics;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>Reads files of revisions. Git is only ever asked to read.</summary>
internal static class GitFiles
{
    /// <param name="path">From the directory the command runs in.</param>
    /// <param name="isNeeded">A file that is not there is a problem, not an absent one.</param>
    public static byte[]? Read(string revision, string path, bool isNeeded)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["cat-file", "blob", $"{revision}:./{path}"])
            start.ArgumentList.Add(argument);
        using var git = Start(start, revision, path);
        using var content = new MemoryStream();
        git.StandardOutput.BaseStream.CopyTo(content);
        var errors = git.StandardError.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode is 0)
            return content.ToArray();
        return isNeeded ? throw new ProblemException(ContractProblems.NoRevision(revision, path, errors.Trim().TrimEnd('.'))) : null;
    }

    private static Process Start(ProcessStartInfo start, string revision, string path)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new ProblemException(ContractProblems.NoRevision(revision, path, "git cannot be started"), missing);
        }
    }
}
