using System.Diagnostics;

namespace Davit.Cli.Tests.Support;

/// <summary>How the executable ended and what it said.</summary>
internal sealed record Ended(int Exit, string Out, string Error)
{
    public override string ToString() => $"exit {Exit}\n{Out}\n{Error}";
}

/// <summary>The real executable in a home of its own, with no variables but those given.</summary>
internal sealed class Davit : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly string Program = Path.Combine(
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Parent!.FullName, "Davit.Cli", new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Name, "davit");

    public string Home { get; } = Directory.CreateTempSubdirectory("dvc").FullName;

    public string Config => Path.Combine(Home, "config", "davit");

    public Davit With(string file, string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var path = Path.Combine(Home, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, mode);
        return this;
    }

    /// <summary>Runs Git at home and expects that it does what it is asked for.</summary>
    public async Task GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Home, .. arguments]))!;
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        git.ExitCode.ShouldBe(0);
    }

    /// <summary>Commits all that is there; makes home a repository with this branch first when it is none.</summary>
    public async Task CommitAsync(string message, string branch = "main")
    {
        if (!Directory.Exists(Path.Combine(Home, ".git")))
            await GitAsync("init", "-q", "-b", branch);
        await GitAsync("add", "-A");
        await GitAsync("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", message);
    }

    public Task<Ended> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    public async Task<Ended> RunAsync(string[] arguments, (string Name, string Value)[] variables, string? directory = null)
    {
        using var process = Start(Program, arguments, variables, directory);
        return await EndAsync(process);
    }

    /// <summary>With something on standard input.</summary>
    public async Task<Ended> FedAsync(byte[] input, string[] arguments, string directory)
    {
        using var process = Start(Program, arguments, [], directory, input);
        return await EndAsync(process);
    }

    /// <summary>On a terminal: what a person would see comes out as standard output, the exit code is passed on.</summary>
    public async Task<Ended> OnTerminalAsync(int columns, params string[] arguments)
    {
        var line = string.Join(' ', arguments.Prepend(Program).Select(a => $"'{a}'"));
        using var process = Start("script", ["-qec", $"stty cols {columns} rows 24; {line}", "/dev/null"], [("TERM", "xterm-256color"), ("PATH", "/usr/bin:/bin")], null);
        return await EndAsync(process);
    }

    /// <summary>Runs and is interrupted as by Ctrl-C once something has happened.</summary>
    public async Task<Ended> InterruptedAsync(Task when, params string[] arguments)
    {
        // What runs in the background of a shell inherits that SIGINT is ignored; a person at a terminal does not.
        using var process = Start("env", ["--default-signal=INT", Program, .. arguments], [], null);
        await when.WaitAsync(Longest, TestContext.Current.CancellationToken);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await EndAsync(process);
    }

    /// <summary>Whoever reads the answer goes away after the first line.</summary>
    public async Task<int> ReadOnceAsync(params string[] arguments)
    {
        using var process = Start(Program, arguments, [], null);
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        process.StandardOutput.Close();
        return (await EndAsync(process, readsOutput: false)).Exit;
    }

    private Process Start(string program, string[] arguments, (string Name, string Value)[] variables, string? directory, byte[]? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory ?? Home, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in ((string, string)[])[("HOME", Home), ("XDG_CONFIG_HOME", Path.Combine(Home, "config")), .. Dotnet(), .. variables])
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        return process;
    }

    private static async Task<Ended> EndAsync(Process process, bool readsOutput = true)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            var output = readsOutput ? process.StandardOutput.ReadToEndAsync(limit.Token) : Task.FromResult("");
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Ended(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);

    /// <summary>Where the runtime is, when it is not in its usual place.</summary>
    private static IEnumerable<(string, string)> Dotnet() => Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root ? [("DOTNET_ROOT", root)] : [];
}
