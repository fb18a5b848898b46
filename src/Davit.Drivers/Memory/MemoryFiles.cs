using System.Formats.Tar;
using Davit.Model;
using Davit.Planning.Instances;

namespace Davit.Drivers.Memory;

/// <summary>A file, directory or link in a volume.</summary>
public sealed record MemoryFile(TarEntryType Type, byte[] Bytes)
{
    public int Mode { get; init; } = 420; // 0644

    public int Uid { get; init; }

    public int Gid { get; init; }

    /// <summary>Where a link leads.</summary>
    public string Link { get; init; } = "";
}

/// <summary>What is in volumes, as archives of the instances that mount them; instances have no files of their own.</summary>
internal static class MemoryFiles
{
    public static Stream Read(MemoryWorld world, InstanceSpec spec, string path)
    {
        var files = FilesOf(world, spec, Mount(spec, path) ?? throw new ProblemException(DriverProblems.InstanceNotFound($"{spec.Name}:{path}")));
        var (root, buffer) = (path.TrimStart('/'), new MemoryStream());
        using (var tar = new TarWriter(buffer, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (name, file) in files)
            {
                var entry = new PaxTarEntry(file.Type, name is "" ? $"{root}/" : $"{root}/{name}") { Mode = (UnixFileMode)file.Mode, Uid = file.Uid, Gid = file.Gid };
                if (file.Type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                    entry.LinkName = file.Link;
                if (file.Type is TarEntryType.RegularFile)
                    entry.DataStream = new MemoryStream(file.Bytes);
                tar.WriteEntry(entry);
            }
        }

        buffer.Position = 0;
        return buffer;
    }

    /// <summary>Entries are named from the root of the instance.</summary>
    public static void Write(MemoryWorld world, InstanceSpec spec, Stream tar)
    {
        using var reader = new TarReader(tar);
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            var parts = entry.Name.TrimEnd('/').Split('/', 2);
            var mount = Mount(spec, $"/{parts[0]}") ?? throw new ProblemException(DriverProblems.InstanceNotFound($"{spec.Name}:{entry.Name}"));
            if (mount.ReadOnly)
                throw new ProblemException(DriverProblems.VolumeFailed(spec.Name, "the volume is mounted read-only"));
            using var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            FilesOf(world, spec, mount)[parts is [_, var name] ? name : ""] =
                new MemoryFile(entry.EntryType, bytes.ToArray()) { Mode = (int)entry.Mode, Uid = entry.Uid, Gid = entry.Gid, Link = entry.LinkName };
        }
    }

    private static MountSpec.Volume? Mount(InstanceSpec spec, string path) => spec.Mounts.OfType<MountSpec.Volume>().FirstOrDefault(m => m.Name is not null && m.Target == path);

    private static SortedDictionary<string, MemoryFile> FilesOf(MemoryWorld world, InstanceSpec spec, MountSpec.Volume mount) =>
        world.Files.TryGetValue(mount.Name!, out var files) ? files : throw new ProblemException(DriverProblems.VolumeFailed(spec.Name, $"volume {mount.Name} not found"));
}
