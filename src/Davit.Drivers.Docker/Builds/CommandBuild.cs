using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Davit.Drivers.Builds;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Files;
using Davit.Model;

namespace Davit.Drivers.Docker.Builds;

/// <summary>
/// Builds with the docker command line, which speaks the session protocol that build secrets and logins need. Values go through
/// files that only we can read; the command line holds their paths.
/// </summary>
internal sealed partial class CommandBuild(EngineClient engine, DockerDriverOptions options)
{
    private const int LongestLine = 16 * 1024;

    public async Task RunAsync(BuildSpec spec, BuildTranscript transcript, CancellationToken ct)
    {
        var command = await BuildCommand.FindAsync(options.DockerCommand, ct) ?? throw new ProblemException(DriverProblems.BuildUnavailable(
            "Build secrets and registry logins need a docker command line with BuildKit, and there is none on PATH.", "Install it: apt-get install docker.io, or docker-buildx beside docker-cli."));
        var private_ = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"davit-build-{Guid.CreateVersion7(engine.Clock.GetUtcNow()):N}");
        HostFile.MakeDirectory(private_);
        try
        {
            await RunAsync(Start(command, spec, private_), transcript, ct);
        }
        finally
        {
            Directory.Delete(private_, recursive: true);
        }

        if (transcript.HasFailed)
            throw BuildFailure.Of(transcript, transcript.Error);
    }

    private ProcessStartInfo Start(string command, BuildSpec spec, string directory)
    {
        var start = new ProcessStartInfo(command) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in Arguments(spec, directory))
            start.ArgumentList.Add(argument);
        foreach (var (index, secret) in spec.Secrets.Items.Index())
            HostFile.Write(SecretFile(directory, index), secret.Value.Span, 384 /* 0600 */);
        if (spec.DockerfileInline is { } inline)
            HostFile.Write(Path.Combine(directory, "Dockerfile"), Encoding.UTF8.GetBytes(inline), 384 /* 0600 */);

        if (!spec.Logins.IsEmpty)
            HostFile.Write(Path.Combine(directory, "config.json"), Config(spec), 384 /* 0600 */);

        start.Environment["DOCKER_BUILDKIT"] = "1";
        start.Environment["DOCKER_HOST"] = engine.Endpoint.Address;
        start.Environment["DOCKER_CONFIG"] = directory;
        start.Environment.Remove("DOCKER_CONTEXT");
        return start;
    }

    internal static IEnumerable<string> Arguments(BuildSpec spec, string directory)
    {
        yield return "build";
        yield return "--progress=plain";
        yield return $"--tag={spec.Tag}";
        yield return $"--file={(spec.DockerfileInline is null ? Path.Combine(spec.ContextDirectory, spec.Dockerfile) : Path.Combine(directory, "Dockerfile"))}";
        foreach (var (name, value) in new[] { ("target", spec.Target), ("platform", spec.Platform), ("network", spec.NetworkMode), ("shm-size", spec.ShmBytes?.ToString(CultureInfo.InvariantCulture)) })
        {
            if (value is not null)
                yield return $"--{name}={value}";
        }

        if (spec.NoCache)
            yield return "--no-cache";
        if (spec.Pull)
            yield return "--pull";
        foreach (var (key, value) in spec.Arguments)
            yield return $"--build-arg={key}={value}";
        foreach (var (key, value) in spec.Labels)
            yield return $"--label={key}={value}";
        foreach (var from in spec.CacheFrom)
            yield return $"--cache-from={from}";
        foreach (var host in spec.ExtraHosts)
            yield return $"--add-host={host}";
        foreach (var (index, secret) in spec.Secrets.Items.Index())
            yield return $"--secret=id={secret.Id},src={SecretFile(directory, index)}";
        yield return "--";
        yield return spec.ContextDirectory;
    }

    /// <summary>The command line's own file of logins: base64 of user, colon, password.</summary>
    private static byte[] Config(BuildSpec spec) => JsonSerializer.SerializeToUtf8Bytes(
        new(spec.Logins.Items.ToDictionary(
            l => l.Registry,
            l => new StoredLogin(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{l.Credentials.User}:{l.Credentials.Password}"))),
            StringComparer.Ordinal)),
        EngineJson.Default.StoredLogins);

    private static string SecretFile(string directory, int index) => Path.Combine(directory, index.ToString(CultureInfo.InvariantCulture));

    private static async Task RunAsync(ProcessStartInfo start, BuildTranscript transcript, CancellationToken ct)
    {
        using var process = Process.Start(start) ?? throw new ProblemException(DriverProblems.BuildUnavailable($"'{start.FileName}' did not start.", "Check that it may be executed."));
        try
        {
            process.StandardInput.Close();
            var rest = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, ct);
            await ReadAsync(process.StandardError, transcript, ct);
            await rest;
            await process.WaitForExitAsync(ct);
            if (process.ExitCode is not 0 && !transcript.HasFailed)
                throw BuildFailure.Of(transcript, $"docker build ended with {process.ExitCode}: {transcript.LastLines}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>Lines of any length, cut like the engine's own.</summary>
    private static async Task ReadAsync(StreamReader output, BuildTranscript transcript, CancellationToken ct)
    {
        var line = new StringBuilder();
        var buffer = new char[4096];
        while (await output.ReadAsync(buffer, ct) is > 0 and var read)
        {
            foreach (var letter in buffer.AsMemory(0, read).ToArray())
            {
                if (letter is not '\n')
                    line.Append(letter);
                if (letter is not '\n' && line.Length < LongestLine)
                    continue;
                await AddAsync(line.ToString().TrimEnd('\r'), transcript, ct);
                line.Clear();
            }
        }

        if (line.Length > 0)
            await AddAsync(line.ToString(), transcript, ct);
    }

    private static async ValueTask AddAsync(string line, BuildTranscript transcript, CancellationToken ct)
    {
        if (Numbered().Match(line) is { Success: true } match)
        {
            var text = match.Groups["text"].Value;
            var isError = text.StartsWith("ERROR", StringComparison.Ordinal);
            var isName = text.StartsWith('[') || text.StartsWith("resolve image config for ", StringComparison.Ordinal);
            transcript.Remember(match.Groups["id"].Value, isName ? text : null, isError ? text.Length > 7 ? text[7..] : text : text, isError);
        }

        await transcript.SayAsync(line, ct);
    }

    [GeneratedRegex(@"^#(?<id>\d+) (?<text>.*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();
}
