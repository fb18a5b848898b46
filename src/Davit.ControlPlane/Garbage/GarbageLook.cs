using Davit.ControlPlane.Content;
using Davit.ControlPlane.Hosting;
using Davit.Drivers;
using Davit.Drivers.Instances;
using Davit.Model;
using Davit.Planning.Garbage;

namespace Davit.ControlPlane.Garbage;

/// <summary>Looks at everything in the runtime and the data directory that could be garbage.</summary>
internal sealed class GarbageLook(IRuntimeDriver driver, Installation installation, ServerOptions options, ContentStore content)
{
    public const string Incoming = "incoming-";

    private const int DigestDigits = 64;

    public async Task<GarbageSight> LookAsync(CancellationToken ct)
    {
        var seen = await driver.ObserveAsync(new OwnershipScope(installation.Id), ct);
        return new GarbageSight
        {
            Images = await driver.ImagesAsync(ct),
            Instances = [.. seen.Instances.Where(i => i.State is not InstanceState.Removing).Select(Instance)],
            Networks = [.. seen.Networks.Select(n => new SeenObject(n.Name, n.Owner, n.CreatedAt))],
            Volumes = [.. seen.Volumes.Select(v => new SeenObject(v.Name, v.Owner, v.CreatedAt))],
            Files = [.. Digested(ThingKind.Source, options.Sources), .. Trees(), .. Digested(ThingKind.Blob, content.Blobs), .. Logs()],
        };
    }

    /// <summary>Where a thing of the data directory lies.</summary>
    public IReadOnlyList<string> PathsOf(Going item) => item.Kind switch
    {
        ThingKind.Source => [Path.Combine(options.Sources, item.Name)],
        ThingKind.Tree => [Path.Combine(content.Trees, item.Name), Path.Combine(content.Packs, item.Name)],
        ThingKind.Blob => [Path.Combine(content.Blobs, item.Name)],
        ThingKind.DeploymentLog or ThingKind.InstanceLog => [Path.Combine(options.LogFiles, item.Env.ToString(), $"{item.Name}.log")],
        ThingKind.Temporary => [Path.Combine(options.Data, item.Name)],
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, "it is no file"),
    };

    private static SeenInstance Instance(InstanceSight sight) =>
        new(sight.Name, sight.Owner, sight.CreatedAt, sight.State.IsRunning, sight.State is InstanceState.Exited exited ? exited.FinishedAt : null);

    /// <summary>Names of 64 digits are whole; anything else beside them is half made or half removed.</summary>
    private IEnumerable<StoredFile> Digested(ThingKind kind, string directory) => Entries(directory).Select(entry =>
        entry.Name.Length is DigestDigits && entry.Name.All(char.IsAsciiHexDigitLower)
            ? File(kind, entry.Name, entry)
            : File(ThingKind.Temporary, Path.GetRelativePath(options.Data, entry.FullName), entry));

    /// <summary>A tree and its packed copy are one thing.</summary>
    private IEnumerable<StoredFile> Trees() => Digested(ThingKind.Tree, content.Trees).Concat(Digested(ThingKind.Tree, content.Packs)).GroupBy(f => (f.Kind, f.Name))
        .Select(g => g.First() with { Bytes = g.Sum(f => f.Bytes), ChangedAt = g.Max(f => f.ChangedAt) });

    private IEnumerable<StoredFile> Logs()
    {
        foreach (var directory in Entries(options.LogFiles).OfType<DirectoryInfo>())
        {
            if (!Id.TryParse<EnvId>(directory.Name, out var env))
                continue;
            foreach (var file in directory.EnumerateFiles())
                yield return Log(file, env);
        }
    }

    private StoredFile Log(FileInfo file, EnvId env)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name);
        return file.Extension is not ".log"
            ? File(ThingKind.Temporary, Path.GetRelativePath(options.Data, file.FullName), file)
            : File(name.StartsWith("ins_", StringComparison.Ordinal) ? ThingKind.InstanceLog : ThingKind.DeploymentLog, name, file) with { Env = env };
    }

    private static IEnumerable<FileSystemInfo> Entries(string directory) => Directory.Exists(directory) ? new DirectoryInfo(directory).EnumerateFileSystemInfos() : [];

    private static StoredFile File(ThingKind kind, string name, FileSystemInfo entry) => new(kind, name, Size(entry), new DateTimeOffset(entry.LastWriteTimeUtc, TimeSpan.Zero));

    /// <summary>What goes while it is measured counts as nothing.</summary>
    private static long Size(FileSystemInfo entry)
    {
        try
        {
            return entry switch
            {
                FileInfo { Exists: true } file => file.Length,
                DirectoryInfo { Exists: true } => ContentStore.FilesOf(entry.FullName).Sum(f => new FileInfo(Path.Combine(entry.FullName, f)).Length),
                _ => 0,
            };
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
