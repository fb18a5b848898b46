using System.Formats.Tar;
using System.Globalization;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Instances;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Files;

/// <summary>
/// Puts configs and secrets into instances before they start. Configs are written into the container's own layer;
/// secrets, and configs for which the layer is out of reach, are mounted from memory.
/// </summary>
internal sealed class FileDelivery(EngineClient engine, SecretsDirectory memory)
{
    private const int SecretMode = 256; // 0400
    private const int ConfigMode = 292; // 0444

    /// <summary>Makes the files that are mounted, because the engine wants sources to exist. Their owner is set later.</summary>
    public IReadOnlyList<DeliveredFile> Prepare(InstanceSpec spec)
    {
        var mounted = new List<DeliveredFile>();
        foreach (var (index, file) in spec.Files.Items.Index())
        {
            if (!IsMounted(spec, file))
                continue;

            var source = Path.Combine(memory.Enter(spec.Name, Label(file)), index.ToString(CultureInfo.InvariantCulture));
            try
            {
                HostFile.Write(source, Bytes(spec, file), file.Mode ?? DefaultMode(file));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw SecretsDirectory.Failed(spec.Name, Label(file), failure.Message);
            }

            mounted.Add(new(source, file.Path));
        }

        return mounted;
    }

    /// <summary>Owners of mounted files, and everything that goes into the layer. Writes the same again on a repeat.</summary>
    public async Task DeliverAsync(InstanceSpec spec, ContainerInspect made, CancellationToken ct)
    {
        if (spec.Files.IsEmpty)
            return;

        var user = spec.Files.Items.Any(f => f.Uid is null || f.Gid is null) ? await new UserLookup(engine).FindAsync(made, ct) : new(0, 0);
        foreach (var (index, file) in spec.Files.Items.Index().Where(f => IsMounted(spec, f.Item)))
        {
            try
            {
                HostFile.Own(Path.Combine(memory.Enter(spec.Name, Label(file)), index.ToString(CultureInfo.InvariantCulture)), file.Uid ?? user.Uid, file.Gid ?? user.Gid);
            }
            catch (IOException failure)
            {
                throw SecretsDirectory.Failed(spec.Name, Label(file), failure.Message);
            }
        }

        var layered = spec.Files.Items.Where(f => !IsMounted(spec, f)).ToList();
        if (layered.Count > 0)
            await WriteLayerAsync(made, layered, user, ct);
    }

    public void Forget(string instance) => memory.Forget(instance);

    /// <summary>The layer is no place for secrets, and cannot be seen where it is read-only or something is mounted over it.</summary>
    public static bool IsMounted(InstanceSpec spec, FileSpec file) => file.Content is FileContent.Secret
        || spec.Isolation.ReadOnlyRoot
        || spec.Mounts.Items.Any(m => file.Path.StartsWith(m.Target.TrimEnd('/') + "/", StringComparison.Ordinal));

    private async Task WriteLayerAsync(ContainerInspect made, List<FileSpec> files, UserLookup.Found user, CancellationToken ct)
    {
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            for (var parent = Path.GetDirectoryName(file.Path)!; parent is not "/" && !missing.Contains(parent) && !await ExistsAsync(made, parent, ct); parent = Path.GetDirectoryName(parent)!)
                missing.Add(parent);
        }

        using var buffer = new MemoryStream();
        await using (var tar = new TarWriter(buffer, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var directory in missing)
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, directory.TrimStart('/') + "/") { Mode = (UnixFileMode)493 /* 0755 */ }, ct);
            foreach (var file in files)
                await tar.WriteEntryAsync(Entry(file, user), ct);
        }

        var bytes = buffer.ToArray();
        await engine.RunAsync(
            EngineCall.Put($"/containers/{made.Id}/archive", ("path", "/"), ("copyUIDGID", "1")) with { Content = () => new ByteArrayContent(bytes), Timeout = TimeSpan.FromMinutes(2) },
            ct);
    }

    private async Task<bool> ExistsAsync(ContainerInspect made, string path, CancellationToken ct)
    {
        try
        {
            await engine.RunAsync(EngineCall.Head($"/containers/{made.Id}/archive", ("path", path)), ct);
            return true;
        }
        catch (EngineException missing) when (missing.Status is System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private static PaxTarEntry Entry(FileSpec file, UserLookup.Found user) => new(TarEntryType.RegularFile, file.Path.TrimStart('/'))
    {
        Mode = (UnixFileMode)(file.Mode ?? DefaultMode(file)),
        Uid = file.Uid ?? user.Uid,
        Gid = file.Gid ?? user.Gid,
        ModificationTime = DateTimeOffset.UnixEpoch,
        DataStream = new MemoryStream(((FileContent.Plain)file.Content).Bytes.Items.ToArray()),
    };

    private static ReadOnlySpan<byte> Bytes(InstanceSpec spec, FileSpec file) => file.Content switch
    {
        FileContent.Plain plain => plain.Bytes.Items.AsSpan(),
        FileContent.Secret { Bytes: { } bytes } => bytes.Items.AsSpan(),
        FileContent.Secret secret => throw SecretsDirectory.Failed(spec.Name, secret.Name, "its value was not given"),
    };

    private static int DefaultMode(FileSpec file) => file.Content is FileContent.Secret ? SecretMode : ConfigMode;

    private static string Label(FileSpec file) => file.Content is FileContent.Secret secret ? secret.Name : file.Path;
}
