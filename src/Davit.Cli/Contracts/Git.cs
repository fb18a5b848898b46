using System.Diagnostics;
using System.Globalization;
using System.Text;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>A working tree. Git is only ever asked to read, and starts no program that a repository names.</summary>
/// <param name="directory">Paths begin here.</param>
internal sealed class Git(string directory)
{
    /// <summary>So few ids that a pipe holds them, and neither side waits for the other.</summary>
    private const int AskedAtOnce = 200;

    private static readonly string[] Quietly = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", "--no-optional-locks"];

    public string Directory { get; } = directory;

    /// <param name="path">From the directory.</param>
    /// <param name="isNeeded">A file that is not there is a problem, not an absent one.</param>
    public byte[]? Read(string revision, string path, bool isNeeded)
    {
        var (content, errors) = Run(["cat-file", "blob", $"{revision}:./{path}"], whenMissing: why => ContractProblems.NoRevision(revision, path, why));
        return content ?? (isNeeded ? throw new ProblemException(ContractProblems.NoRevision(revision, path, errors)) : null);
    }

    /// <summary>What Git says, without the last line end; null when it says no.</summary>
    public string? Ask(params string[] arguments) =>
        Run(arguments, ContractProblems.NoRepository).Content is { } said ? Encoding.UTF8.GetString(said).TrimEnd('\n') : null;

    /// <summary>Parts of an answer that are ended by NUL; none when Git says no.</summary>
    public string[] AskList(params string[] arguments) => Ask(arguments)?.Split('\0', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The contents of objects, in the order of their ids; null when one is missing.</summary>
    public IReadOnlyList<byte[]>? ReadMany(IReadOnlyList<string> ids)
    {
        var contents = new List<byte[]>(ids.Count);
        foreach (var some in ids.Chunk(AskedAtOnce))
        {
            var (said, _) = Run(["cat-file", "--batch"], ContractProblems.NoRepository, string.Concat(some.Select(i => $"{i}\n")));
            var left = said.AsMemory();
            for (var count = 0; count < some.Length; count++)
            {
                // A line with id, kind and size, the content, and a line end.
                var end = left.Span.IndexOf((byte)'\n');
                if (end < 0 || Encoding.ASCII.GetString(left.Span[..end]).Split(' ') is not [_, "blob", var digits] || !int.TryParse(digits, CultureInfo.InvariantCulture, out var size) || left.Length < end + size + 2)
                    return null;
                contents.Add(left.Slice(end + 1, size).ToArray());
                left = left[(end + size + 2)..];
            }
        }

        return contents;
    }

    private (byte[]? Content, string Errors) Run(string[] arguments, Func<string, Problem> whenMissing, string asked = "")
    {
        var start = new ProcessStartInfo("git", [.. Quietly, .. arguments])
        {
            WorkingDirectory = Directory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        using var git = Start(start, whenMissing);
        var errors = new StringBuilder();
        git.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        git.BeginErrorReadLine();
        git.StandardInput.Write(asked);
        git.StandardInput.Close();
        using var content = new MemoryStream();
        git.StandardOutput.BaseStream.CopyTo(content);
        git.WaitForExit();
        return (git.ExitCode is 0 ? content.ToArray() : null, errors.ToString().Trim().TrimEnd('.'));
    }

    private static Process Start(ProcessStartInfo start, Func<string, Problem> whenMissing)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new ProblemException(whenMissing("git cannot be started"), missing);
        }
    }
}
