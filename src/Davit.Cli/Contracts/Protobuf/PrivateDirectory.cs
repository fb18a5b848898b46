namespace Davit.Cli.Contracts.Protobuf;

/// <summary>A directory that only this user can look into, gone with all that is in it when it is no longer needed.</summary>
internal sealed class PrivateDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("davit-contract-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
