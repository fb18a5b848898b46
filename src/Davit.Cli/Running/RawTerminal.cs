using System.Diagnostics;

namespace Davit.Cli.Running;

/// <summary>
/// Passes every key on as it is typed. <c>stty</c> knows each system's terminal settings; it is started with an argument
/// list and gives back exactly what it found.
/// </summary>
internal sealed class RawTerminal : IDisposable
{
    private string? _before;

    private RawTerminal(string before) => _before = before;

    public static RawTerminal Enter()
    {
        var before = Stty("-g").Trim();
        Stty("raw", "-echo");
        return new RawTerminal(before);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _before, null) is { } before)
            Stty(before);
    }

    private static string Stty(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("stty", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
