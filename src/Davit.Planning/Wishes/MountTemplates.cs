using Davit.Manifest;
using Mount = Davit.Planning.Instances.MountSpec;

namespace Davit.Planning.Wishes;

/// <summary>What is mounted into the instances of a service.</summary>
internal static class MountTemplates
{
    public static IEnumerable<Mount> Of(AppManifest app, ServiceSpec service, ReleaseContents contents, WishContext context) =>
        service.Volumes.Select(m => One(app, m, contents, context)).Concat(service.Tmpfs.Select(Tmpfs));

    public static string VolumeName(AppManifest app, string key, WishContext context) =>
        app.Volumes.TryGetValue(key, out var volume) && volume.IsExternal ? volume.Name : context.ObjectName(key);

    private static Mount One(AppManifest app, MountSpec mount, ReleaseContents contents, WishContext context) => mount.Source switch
    {
        MountSource.Named n => new Mount.Volume(n.Volume is null ? null : VolumeName(app, n.Volume, context), mount.Target)
        {
            ReadOnly = mount.ReadOnly, NoCopy = n.NoCopy, Subpath = n.Subpath,
        },
        MountSource.Content c => new Mount.Bind(Path.Combine(context.ContentRoot, Tree(contents, c.Path)), mount.Target) { ReadOnly = true },
        MountSource.Host h => new Mount.Bind(h.Path, mount.Target)
        {
            ReadOnly = mount.ReadOnly, Propagation = h.Propagation, CreateHostPath = h.CreateHostPath, Relabel = h.Selinux, Recursive = h.Recursive,
        },
        MountSource.Memory m => new Mount.Tmpfs(mount.Target) { SizeBytes = m.Size, Mode = m.Mode },
        MountSource.Image i => throw new InvalidOperationException($"DriverLimits lets no mount of an image pass ({i.Reference})"),
    };

    private static string Tree(ReleaseContents contents, string path) => contents.Trees[path]?["sha256:".Length..] ?? "";

    /// <summary>Compose's short form: the path, then the mount options the kernel knows.</summary>
    private static Mount.Tmpfs Tmpfs(string text) => text.Split(':', 2) is [var path, var options]
        ? new Mount.Tmpfs(path) { Options = [.. options.Split(',', StringSplitOptions.RemoveEmptyEntries)] }
        : new Mount.Tmpfs(text);
}
