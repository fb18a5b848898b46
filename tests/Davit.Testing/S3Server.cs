using System.Diagnostics;
using System.Globalization;

namespace Davit.Testing;

/// <summary>
/// An S3 endpoint in a process of its own: the npm package <c>s3rver</c>, which keeps objects in a directory. It is an emulator: of signatures it
/// only looks whether the access key is known, and it compares no checksums and knows no regions. What relies on it says 'simulated' in its name.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "davit-backups";
    public const string AccessKey = "S3RVER";
    public const string SecretKey = "S3RVER";

    private const string Package = "s3rver@3.7.1";
    private const string Says = "S3rver listening on 127.0.0.1:";

    private readonly string _directory = Directory.CreateTempSubdirectory("davit-s3-").FullName;
    private Process? _process;

    public int Port { get; private set; }

    /// <exception cref="S3ServerMissingException">It cannot be run on this machine.</exception>
    public static async Task<S3Server> StartAsync(CancellationToken ct)
    {
        var program = await InstallAsync(ct);
        var server = new S3Server();
        await server.StartAsync(program, 0, ct);
        return server;
    }

    /// <summary>Ends the process; the objects stay.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    /// <summary>On the same port as before.</summary>
    public async Task StartAgainAsync(CancellationToken ct) => await StartAsync(await InstallAsync(ct), Port, ct);

    /// <summary>A file of settings such as davitd reads, which its owner alone can read.</summary>
    public async Task WriteSettingsAsync(string file, CancellationToken ct, string endpointHost = "127.0.0.1", string more = "")
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync($"# of a test\nendpoint = http://{endpointHost}:{Port}\naccess-key = {AccessKey}\nsecret-key = {SecretKey}\n{more}".AsMemory(), ct);
    }

    /// <summary>How many objects lie in the bucket.</summary>
    public int Count => Directory.EnumerateFiles(_directory, "*._S3rver_object", SearchOption.AllDirectories).Count();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task StartAsync(string program, int port, CancellationToken ct)
    {
        // It makes the tokens between two pages of a list with a cipher that newer libraries only have on demand.
        _process = Process.Start(new ProcessStartInfo("node",
            ["--openssl-legacy-provider", program, "--silent", "--directory", _directory, "--address", "127.0.0.1", "--port", $"{port}", "--service-endpoint", "localhost", "--configure-bucket", Bucket])
        {
            UseShellExecute = false, RedirectStandardOutput = true,
        })!;
        while (await _process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (!line.StartsWith(Says, StringComparison.Ordinal))
                continue;
            Port = int.Parse(line[Says.Length..], CultureInfo.InvariantCulture);
            return;
        }

        throw new InvalidOperationException("the S3 server ended before it listened");
    }

    private static async Task<string> InstallAsync(CancellationToken ct)
    {
        try
        {
            return Path.Combine(await NpmPackages.InstallAsync([Package], ct), "node_modules", "s3rver", "bin", "s3rver.js");
        }
        catch (NpmPackageMissingException e)
        {
            throw new S3ServerMissingException(e.Message, e);
        }
    }
}

/// <summary>Nothing was tried against S3.</summary>
public sealed class S3ServerMissingException(string why, Exception? cause = null) : Exception($"NO S3 SERVER CAN BE RUN: {why}. Backups to S3 were not tried", cause);
