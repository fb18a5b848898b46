using System.Diagnostics;
using System.Text;

namespace Davit.EndToEnd.Tests.Support;

/// <summary>How a program ended and what it said.</summary>
internal sealed record Ended(string Line, int Exit, byte[] Output, string Error)
{
    public string Out { get; } = Encoding.UTF8.GetString(Output);

    public Ended ShouldSucceed()
    {
        Exit.ShouldBe(0, ToString());
        return this;
    }

    public Ended ShouldFail(int exit = 1)
    {
        Exit.ShouldBe(exit, ToString());
        return this;
    }

    public override string ToString() => $"{Line}\nexit {Exit}\n{Out}\n{Error}";
}

/// <summary>Runs a program to its end. An argument list, no shell.</summary>
internal sealed record Program(string Path, IReadOnlyList<string> Arguments)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public string Directory { get; init; } = "/";

    public byte[] Input { get; init; } = [];

    public async Task<Ended> RunAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        using var process = Process.Start(Start())!;
        try
        {
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            var complaining = process.StandardError.ReadToEndAsync(limit.Token);
            await FeedAsync(process, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            await reading;
            return new Ended($"{System.IO.Path.GetFileName(Path)} {string.Join(' ', Arguments)}", process.ExitCode, output.ToArray(), await complaining);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{Path} {string.Join(' ', Arguments)} did not end within {Longest.TotalSeconds:0} s", e);
        }
    }

    private ProcessStartInfo Start()
    {
        var start = new ProcessStartInfo(Path, Arguments)
        {
            WorkingDirectory = Directory, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>A program may end without reading what it is given.</summary>
    private async Task FeedAsync(Process process, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Input, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }
}
