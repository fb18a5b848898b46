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

    public Task<Ended> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    public async Task<Ended> RunAsync(string[] arguments, (string Name, string Value)[] variables, string? directory = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = directory ?? Home, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in ((string, string)[])[("HOME", Home), ("XDG_CONFIG_HOME", Path.Combine(Home, "config")), .. Dotnet(), .. variables])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new Ended(process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);

    /// <summary>Where the runtime is, when it is not in its usual place.</summary>
    private static IEnumerable<(string, string)> Dotnet() => Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root ? [("DOTNET_ROOT", root)] : [];
}
