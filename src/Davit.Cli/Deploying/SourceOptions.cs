using System.Collections.Immutable;
using System.CommandLine;
using Davit.Cli.Manifests;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary>Where the change comes from; shared by everything that deploys or plans.</summary>
internal sealed class SourceOptions
{
    private readonly ManifestOptions _reading = new(isForServer: true);

    public Argument<string> Directory { get; } = new("directory") { Description = "The app's directory.", DefaultValueFactory = _ => "." };

    public Option<string?> Image { get; } = new("--image") { Description = "Deploy one image instead of a directory." };

    public Option<int?> Port { get; } = new("--port") { Description = "The port the image listens on." };

    public Option<string?> Git { get; } = new("--git") { Description = "Deploy a Git repository (an address, or a bare repository on the server)." };

    public Option<string> Reference { get; } = new("--ref") { Description = "Branch, tag or commit of the repository.", DefaultValueFactory = _ => "HEAD" };

    public Option<string?> Release { get; } = new("--release") { Description = "Deploy a release that exists." };

    public Option<string[]> Set { get; } = new("--set") { Description = "NAME=VALUE for this one deployment; wins over everything that is set. Never for secrets." };

    public void AddTo(Command command)
    {
        command.Add(Directory);
        foreach (var option in (Option[])[Image, Port, Git, Reference, Release, Set])
            command.Add(option);
        _reading.AddTo(command);
    }

    /// <summary>Reads a directory as the server will, so that a fault is told before anything is changed or sent.</summary>
    /// <exception cref="ProblemException">DV1001 with every fault.</exception>
    public void Check(Invocation asked, string? env)
    {
        if (IsDirectory(asked))
            Local(asked, env).Accepted();
    }

    /// <summary>Sends a directory when there is one to send and nothing is wrong with it.</summary>
    public async Task<DeploymentSource> ResolveAsync(Invocation asked, CancellationToken ct)
    {
        var set = Overrides(asked);
        return await FindAsync(asked, ct) with { Set = set };
    }

    private Dictionary<string, string> Overrides(Invocation asked) => (asked.Get(Set) ?? []).Select(p => p.Split('=', 2)).ToDictionary(
        p => p[0], p => p is [{ Length: > 0 }, var value] ? value : throw new UsageException(CliProblems.Bad($"'{p[0]}'", "is not of the form NAME=VALUE", "Write it as: davit deploy --set LOG_LEVEL=debug")), StringComparer.Ordinal);

    private async Task<DeploymentSource> FindAsync(Invocation asked, CancellationToken ct)
    {
        if (asked.Get(Release) is { } release)
            return new DeploymentSource.Release(release);
        if (asked.Get(Image) is { } image)
            return new DeploymentSource.Image(image, asked.Get(Port));
        if (asked.Get(Git) is { } address)
            return new DeploymentSource.Repository(address, asked.Get(Reference)!) { Manifest = Manifest(asked, ImmutableSortedDictionary<string, string>.Empty) };

        var directory = asked.Get(Directory)!;
        var variables = Local(asked, await EnvironmentAsync(asked, ct)).UsedVariables();
        using var packing = SourcePacking.Of(directory);
        var upload = await asked.Api.UploadAsync($"{asked.AppPath}/uploads", packing, WireJson.Default.ReceiptedUploadView, ct);
        asked.Terminal.Say(asked.Terminal.Dim($"sent {upload.Value.Files} files, {upload.Value.Bytes / 1024} KiB"));
        return new DeploymentSource.Upload(upload.Value.Id) { Manifest = Manifest(asked, variables) };
    }

    /// <summary>What is deployed decides which app it is, wherever the command is run.</summary>
    public void LookThere(Invocation asked)
    {
        if (IsDirectory(asked))
            asked.LookIn(asked.Get(Directory)!);
    }

    /// <summary>The app's name when the command line and the context leave it open.</summary>
    public string? NameFrom(Invocation asked) => asked.Get(Image) is { } image
        ? image.Split('/')[^1].Split(':', '@')[0]
        : asked.Get(Git) is { } address ? Path.GetFileNameWithoutExtension(address.TrimEnd('/')) : AppDirectory.DefaultName(asked.Get(Directory)!);

    /// <summary>Overlays go by name, also when the command line says an id.</summary>
    private static async Task<string> EnvironmentAsync(Invocation asked, CancellationToken ct)
    {
        var env = await asked.EnvNameAsync(ct);
        return env.Contains('_', StringComparison.Ordinal) ? (string)(await asked.Api.GetAsync(await asked.EnvPathAsync(ct), WireJson.Default.JsonObject, ct))["name"]! : env;
    }

    private bool IsDirectory(Invocation asked) => asked.Get(Release) is null && asked.Get(Image) is null && asked.Get(Git) is null;

    private LocalManifest Local(Invocation asked, string? env) => _reading.In(asked.Get(Directory)!, asked) with { Environment = env, App = asked.AppName };

    private ManifestInput Manifest(Invocation asked, IReadOnlyDictionary<string, string> variables) => new()
    {
        ComposeFiles = asked.Get(_reading.File) ?? [],
        Profiles = asked.Get(_reading.Profile) ?? [],
        AllowUnset = asked.Get(_reading.AllowUnset) ?? [],
        Variables = variables,
    };
}
