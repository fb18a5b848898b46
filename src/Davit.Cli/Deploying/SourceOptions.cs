using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Deploying;

/// <summary>Where the change comes from; shared by everything that deploys or plans.</summary>
internal sealed class SourceOptions
{
    public Argument<string> Directory { get; } = new("directory") { Description = "The app's directory.", DefaultValueFactory = _ => "." };

    public Option<string?> Image { get; } = new("--image") { Description = "Deploy one image instead of a directory." };

    public Option<int?> Port { get; } = new("--port") { Description = "The port the image listens on." };

    public Option<string?> Git { get; } = new("--git") { Description = "Deploy a Git repository (an address, or a bare repository on the server)." };

    public Option<string> Reference { get; } = new("--ref") { Description = "Branch, tag or commit of the repository.", DefaultValueFactory = _ => "HEAD" };

    public Option<string?> Release { get; } = new("--release") { Description = "Deploy a release that exists." };

    public Option<string[]> File { get; } = new("--file", "-f") { Description = "Compose files, in order." };

    public Option<string[]> Profile { get; } = new("--profile") { Description = "Compose profiles to switch on." };

    public Option<string[]> AllowUnset { get; } = new("--allow-unset") { Description = "Variables that may stay without a value." };

    public void AddTo(Command command)
    {
        command.Add(Directory);
        foreach (var option in (Option[])[Image, Port, Git, Reference, Release, File, Profile, AllowUnset])
            command.Add(option);
    }

    /// <summary>Sends a directory when there is one to send.</summary>
    public async Task<DeploymentSource> ResolveAsync(Invocation asked, CancellationToken ct)
    {
        if (asked.Get(Release) is { } release)
            return new DeploymentSource.Release(release);
        if (asked.Get(Image) is { } image)
            return new DeploymentSource.Image(image, asked.Get(Port));
        if (asked.Get(Git) is { } address)
            return new DeploymentSource.Repository(address, asked.Get(Reference)!) { Manifest = Manifest(asked, "") };

        var directory = asked.Get(Directory)!;
        using var packing = SourcePacking.Of(directory);
        var upload = await asked.Api.UploadAsync($"{asked.AppPath}/uploads", packing, WireJson.Default.ReceiptedUploadView, ct);
        asked.Terminal.Say(asked.Terminal.Dim($"sent {upload.Value.Files} files, {upload.Value.Bytes / 1024} KiB"));
        return new DeploymentSource.Upload(upload.Value.Id) { Manifest = Manifest(asked, directory) };
    }

    /// <summary>The app's name when the command line and the context leave it open.</summary>
    public string? NameFrom(Invocation asked) => asked.Get(Image) is { } image
        ? image.Split('/')[^1].Split(':', '@')[0]
        : asked.Get(Git) is { } address ? Path.GetFileNameWithoutExtension(address.TrimEnd('/')) : AppDirectory.DefaultName(asked.Get(Directory)!);

    private ManifestInput Manifest(Invocation asked, string directory) => new()
    {
        ComposeFiles = asked.Get(File) ?? [],
        Profiles = asked.Get(Profile) ?? [],
        AllowUnset = asked.Get(AllowUnset) ?? [],
        Variables = directory is "" ? [] : AppDirectory.Variables(directory),
    };
}
