using System.CommandLine;
using Davit.Cli.Shell;

namespace Davit.Cli.Manifests;

/// <summary>What decides how files are read; the same flags wherever a manifest is read.</summary>
/// <param name="isForServer">The server reads the files too, and knows no env files but those in the source.</param>
internal sealed class ManifestOptions(bool isForServer = false)
{
    public Option<string[]> File { get; } = new("--file", "-f") { Description = "Compose files, in order." };

    public Option<string[]> Profile { get; } = new("--profile") { Description = "Compose profiles to switch on." };

    public Option<string[]> AllowUnset { get; } = new("--allow-unset") { Description = "Variables that may stay without a value." };

    public Option<string[]> EnvFile { get; } = new("--env-file") { Description = "Env files for variables instead of .env; later ones win." };

    public void AddTo(Command command)
    {
        foreach (var option in isForServer ? (Option[])[File, Profile, AllowUnset] : [File, Profile, AllowUnset, EnvFile])
            command.Add(option);
    }

    public LocalManifest In(string directory, Invocation asked) => new(directory)
    {
        ComposeFiles = [.. asked.Get(File) ?? []],
        Profiles = [.. asked.Get(Profile) ?? []],
        AllowUnset = [.. asked.Get(AllowUnset) ?? []],
        EnvFiles = [.. asked.Get(EnvFile) ?? []],
    };
}
