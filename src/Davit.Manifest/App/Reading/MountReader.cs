using System.Collections.Immutable;
using Davit.Manifest.Loading;
using Davit.Manifest.Sources;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>
/// Reads mounts and decides what a bind mount becomes: content of the release when its source lies in the app
/// directory, a volume of the app when the source is relative and not there, a path of the host otherwise.
/// </summary>
/// <param name="session">The load.</param>
/// <param name="taken">Volumes the app has, whose names are not given to others.</param>
internal sealed class MountReader(LoadSession session, IEnumerable<string> taken)
{
    private static readonly string[] Forbidden = ["/proc", "/sys", "/dev", "/run/secrets"];
    private readonly HashSet<string> _taken = [.. taken];
    private readonly SortedDictionary<string, string> _made = new(StringComparer.Ordinal);

    private string Root => session.Request.Source.Root;

    /// <summary>Volumes that took the place of bind mounts: key, then the path it stood for.</summary>
    public IReadOnlyDictionary<string, string> Made => _made;

    public ImmutableArray<MountSpec> Read(string service, Reader r) =>
        [.. r.Items("volumes").Select(m => Mount(service, m)).OfType<MountSpec>().OrderBy(m => m.Target, StringComparer.Ordinal)];

    /// <summary>A path of the app directory, relative to it; an address stays as it is.</summary>
    public string InApp(string path, Reader r, string key)
    {
        if (BuildReader.IsAddress(path))
            return path;
        if (!GoPath.IsBelow(Root, path))
            r.Error(ManifestProblems.PathOutside, $"{r.Below(key)} leads out of the app directory", key);
        return GoPath.Relative(Root, path);
    }

    private MountSpec? Mount(string service, Reader r)
    {
        var target = r.Text("target") ?? "";
        if (!GoPath.IsAbsolute(target) || Array.Exists(Forbidden, f => GoPath.IsBelow(f, GoPath.Clean(target))))
        {
            r.Error(ManifestProblems.MountTarget, $"services.{service}: nothing can be mounted at '{target}'", "target");
            return null;
        }

        return r.Text("type") switch
        {
            "bind" => Bind(service, r, target),
            "tmpfs" => new MountSpec(new MountSource.Memory(r.Child("tmpfs").Long("size"), r.Child("tmpfs").Int("mode")), target, r.Flag("read_only")),
            "image" => new MountSpec(new MountSource.Image(r.Text("source") ?? "", r.Child("image").Text("subpath")), target, true),
            "npipe" or "cluster" => Refused(service, r),
            _ => Named(r, target),
        };
    }

    private static MountSpec Named(Reader r, string target) => new(
        new MountSource.Named(r.Text("source")) { NoCopy = r.Child("volume").Flag("nocopy"), Subpath = r.Child("volume").Text("subpath") },
        target,
        r.Flag("read_only"));

    private MountSpec Bind(string service, Reader r, string target)
    {
        var source = r.Text("source") ?? "";
        var place = $"services.{service}";
        if (!GoPath.IsBelow(Root, source))
            return Host(r, source, target, place);

        var relative = GoPath.Relative(Root, source);
        if (session.Request.Source.Look(source) is SourceEntry.File or SourceEntry.Directory)
        {
            if (!r.Flag("read_only"))
                r.Faults.Note(ManifestProblems.MountConverted, $"{place}: '{relative}' is part of the release and mounted read-only at {target}", r.At("source"), r.Path);
            return new MountSpec(new MountSource.Content(relative), target, true);
        }

        var volume = VolumeFor(relative);
        r.Faults.Note(ManifestProblems.MountConverted, $"{place}: '{relative}' is not in the app directory, so {target} is kept in the volume '{volume}'", r.At("source"), r.Path);
        return new MountSpec(new MountSource.Named(volume), target, r.Flag("read_only"));
    }

    private static MountSpec Host(Reader r, string source, string target, string place)
    {
        var isSocket = source.EndsWith("docker.sock", StringComparison.Ordinal);
        r.Faults.Warn(
            ManifestProblems.NeedsCapability, $"{place}: mounting {(isSocket ? "the engine's socket" : $"the host path '{source}'")} needs a capability of the org",
            r.At("source"), r.Path);
        var bind = r.Child("bind");
        return new MountSpec(
            new MountSource.Host(source)
            {
                CreateHostPath = bind.MaybeFlag("create_host_path") ?? true,
                Propagation = bind.Text("propagation"),
                Selinux = bind.Text("selinux"),
                Recursive = bind.Text("recursive"),
            },
            target,
            r.Flag("read_only"))
        {
            Consistency = r.Text("consistency"),
        };
    }

    private static MountSpec? Refused(string service, Reader r)
    {
        r.Error(ManifestProblems.KeyRefused, $"services.{service}: mounts of type '{r.Text("type")}' are refused; use a named volume", "type");
        return null;
    }

    private string VolumeFor(string path)
    {
        var key = new string([.. path.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        var wanted = key.Length is 0 ? "data" : key;
        var name = wanted;
        for (var i = 2; _taken.Contains(name) || (_made.TryGetValue(name, out var other) && other != path); i++)
            name = $"{wanted}-{i}";
        _made[name] = path;
        return name;
    }
}
