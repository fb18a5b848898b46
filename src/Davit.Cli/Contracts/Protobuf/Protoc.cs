using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>The compiler for Protobuf files that lies beside this executable. It gets a list of arguments and nothing of the environment of this process.</summary>
internal static class Protoc
{
    private const int MostOutput = 512 << 20;
    private const long MostMemory = 4L << 30;
    private const int MostErrors = 1 << 20;
    private const int PauseMilliseconds = 50;
    private const string Smaller = "Compare a part of the files";

    private static readonly char[] Parting = ['\n', '\r', Path.PathSeparator, '='];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly string Home = Path.Combine(AppContext.BaseDirectory, "protoc");

    /// <summary>Imports can be looked for in it.</summary>
    public static bool Takes(string directory) => directory.AsSpan().IndexOfAny(Parting) < 0;

    /// <summary>Compiles files and what they import into one descriptor set with positions.</summary>
    /// <param name="roots">Come before what comes with the compiler.</param>
    /// <param name="files">From the first root, with forward slashes.</param>
    /// <exception cref="ProblemException">They do not compile, in time and in memory.</exception>
    public static byte[] Compile(ProtoRoots roots, IReadOnlyList<string> files, CancellationToken ct)
    {
        using var place = new PrivateDirectory();
        LanguageFeatures.Write(place.Path);
        var (list, output) = (place.File("arguments"), place.File("set"));
        var searched = roots.Paths.Skip(1).Select(r => Path.GetRelativePath(roots.Paths[0], r)).Where(r => r is not ".").Concat([Path.Combine(Home, "include"), place.Path]);
        File.WriteAllLines(list, Arguments(searched, files, output), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var (exit, errors) = Run(roots.Paths[0], list, ct);
        if (exit is not 0)
            throw new ProblemException(ProtocMessages.Problem(errors, roots));
        if (new FileInfo(output).Length > MostOutput)
            throw new ProblemException(ContractProblems.NotCompiled($"the compiled files have more than {MostOutput >> 20} MiB", Smaller));
        return File.ReadAllBytes(output);
    }

    /// <summary>One a line. A name that begins like an option is written so that it is none.</summary>
    private static IEnumerable<string> Arguments(IEnumerable<string> searched, IReadOnlyList<string> files, string output) =>
    [
        "--proto_path=.", .. searched.Select(s => $"--proto_path={Whole(s, Parting)}"),
        "--include_imports", "--include_source_info", "--retain_options", $"--descriptor_set_out={output}",
        .. files.Select(f => Whole(f is ['-' or '@', ..] ? "./" + f : f, '\n', '\r')),
    ];

    /// <summary>A path that the compiler does not take for something else.</summary>
    private static string Whole(string path, params ReadOnlySpan<char> parting) => path.AsSpan().IndexOfAny(parting) < 0 ? path
        : throw new ProblemException(ContractProblems.NotCompiled($"the path '{path.ReplaceLineEndings(" ")}' holds a character that parts paths", "Rename it"));

    private static (int Exit, string Errors) Run(string root, string list, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Path.Combine(Home, "protoc"), ["@" + list]) { WorkingDirectory = root, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        start.Environment.Clear();
        // Its many small pieces are given back one by one; that the C library gathers them on the way takes a sixth of its time.
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.mxfast=0";
        using var process = Start(start);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.Append(errors.Length < MostErrors ? $"{line.Data}\n" : "");
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        while (!process.WaitForExit(PauseMilliseconds))
        {
            process.Refresh();
            if (!limit.IsCancellationRequested && Memory(process) <= MostMemory)
                continue;
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            ct.ThrowIfCancellationRequested();
            throw new ProblemException(ContractProblems.NotCompiled($"the compiler needs more than {Limit.TotalSeconds} seconds or {MostMemory >> 30} GiB", Smaller));
        }

        // Without a limit it waits for what is still in the pipe too.
        process.WaitForExit();
        return (process.ExitCode, errors.ToString());
    }

    /// <summary>Nothing when it has just ended.</summary>
    private static long Memory(Process process)
    {
        try
        {
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new ProblemException(ContractProblems.NotCompiled($"the compiler {start.FileName} cannot be started: {missing.Message}", "Install davit again, with all files that come with it"), missing);
        }
    }
}
