using System.Globalization;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Instances;

/// <summary>Mounts in the engine's words.</summary>
internal static class MountBody
{
    private static readonly ApiVersion CreatesHostPaths = new(1, 42);

    public static IEnumerable<MountSetting> Of(EquatableList<MountSpec> mounts, ApiVersion api) => mounts.Items
        .Where(m => m is not MountSpec.Bind bind || !IsShort(bind, api))
        .Select(Of)
        .OfType<MountSetting>();

    /// <summary>The older form of a bind: the only one that relabels, and the only one by which older engines make a missing host path.</summary>
    public static IReadOnlyList<string> Binds(EquatableList<MountSpec> mounts, ApiVersion api) =>
    [
        .. mounts.Items.OfType<MountSpec.Bind>().Where(b => IsShort(b, api))
            .Select(b => $"{b.Source}:{b.Target}:{string.Join(',', new[] { b.ReadOnly ? "ro" : "rw", b.Propagation, b.Relabel }.OfType<string>())}"),
    ];

    private static bool IsShort(MountSpec.Bind bind, ApiVersion api) => bind.Relabel is not null || (bind is { CreateHostPath: true, Recursive: null } && api < CreatesHostPaths);

    public static MountSetting Of(DeliveredFile file) => new("bind", file.Target) { Source = file.Source, ReadOnly = true };

    /// <summary>Tmpfs with options goes by the older map, because the mount form has no place for options before API 1.46.</summary>
    public static SortedDictionary<string, string>? Tmpfs(EquatableList<MountSpec> mounts)
    {
        var found = mounts.Items.OfType<MountSpec.Tmpfs>().Where(t => !t.Options.IsEmpty).ToDictionary(t => t.Target, Options, StringComparer.Ordinal);
        return found.Count is 0 ? null : new(found, StringComparer.Ordinal);
    }

    private static MountSetting? Of(MountSpec mount) => mount switch
    {
        MountSpec.Volume v => new("volume", v.Target)
        {
            Source = v.Name,
            ReadOnly = v.ReadOnly ? true : null,
            VolumeOptions = v.NoCopy || v.Subpath is not null ? new() { NoCopy = v.NoCopy ? true : null, Subpath = v.Subpath } : null,
        },
        MountSpec.Bind b => new("bind", b.Target)
        {
            Source = b.Source,
            ReadOnly = b.ReadOnly ? true : null,
            BindOptions = b.Propagation is not null || b.CreateHostPath || b.Recursive is not null ? Options(b) : null,
        },
        MountSpec.Tmpfs t => t.Options.IsEmpty
            ? new("tmpfs", t.Target) { TmpfsOptions = t.SizeBytes is not null || t.Mode is not null ? new() { SizeBytes = t.SizeBytes, Mode = t.Mode } : null }
            : null,
    };

    private static BindSetting Options(MountSpec.Bind bind) => new()
    {
        Propagation = bind.Propagation,
        CreateMountpoint = bind.CreateHostPath ? true : null,
        NonRecursive = bind.Recursive is "disabled" ? true : null,
        ReadOnlyNonRecursive = bind.Recursive is "writable" ? true : null,
        ReadOnlyForceRecursive = bind.Recursive is "readonly" ? true : null,
    };

    private static string Options(MountSpec.Tmpfs tmpfs)
    {
        var options = tmpfs.Options.Items.ToList();
        if (tmpfs.SizeBytes is { } size)
            options.Add(string.Create(CultureInfo.InvariantCulture, $"size={size}"));
        if (tmpfs.Mode is { } mode)
            options.Add($"mode={Convert.ToString(mode, 8)}");
        return string.Join(',', options);
    }
}
