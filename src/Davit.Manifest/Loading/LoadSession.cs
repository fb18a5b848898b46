using Davit.Manifest.Interpolation;
using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Loading;

/// <summary>What all stages of one load share.</summary>
internal sealed class LoadSession(LoadRequest request)
{
    private readonly Dictionary<string, List<Node>> _peeked = new(StringComparer.Ordinal);
    private int _files;

    public LoadRequest Request { get; } = request;

    public FaultSink Faults { get; } = new();

    /// <summary>The names of all variables that were looked up.</summary>
    public SortedSet<string> Asked { get; } = new(StringComparer.Ordinal);

    public bool IsStrict => Request.Mode is LoadMode.Davit;

    public string? Home => Request.Variables.TryGetValue("HOME", out var home) ? home : null;

    public InterpolationPolicy Policy { get; } = new(request.Mode is LoadMode.Davit, request.AllowUnset, request.SecretNames);

    public SourceFile File(string path, OriginKind part, string via) => new(path, GoPath.Relative(Request.Source.Root, path), part, via);

    public bool Exists(string path) => Request.Source.Look(path) is SourceEntry.File;

    /// <summary>The documents of a YAML file, or <see langword="null"/> after a fault.</summary>
    public List<Node>? Documents(SourceFile file)
    {
        if (_peeked.Remove(file.Path, out var known))
            return known;
        var before = Faults.ErrorCount;
        var documents = Read(file.Path, null, ManifestProblems.FileMissing) is { } bytes ? YamlReader.Read(file, bytes, Faults) : [];
        return Faults.ErrorCount > before ? null : documents;
    }

    /// <summary>The same, and the file is not read again when its turn comes.</summary>
    public List<Node>? Peek(SourceFile file) => Documents(file) is { } documents ? _peeked[file.Path] = documents : null;

    /// <summary>The bytes of a file; a fault at the place that names it when it cannot be had.</summary>
    public byte[]? Read(string path, SourcePosition? named, ProblemCode missing)
    {
        if (++_files > YamlLimits.Files * 10)
        {
            Faults.Error(ManifestProblems.TooLarge, $"more than {YamlLimits.Files * 10} files belong to the manifest", named);
            return null;
        }

        var shown = GoPath.Relative(Request.Source.Root, path);
        switch (Request.Source.Look(path))
        {
            case SourceEntry.File when Request.Source.Read(path, YamlLimits.Bytes) is { } bytes:
                return bytes;
            case SourceEntry.Refused:
                Faults.Error(ManifestProblems.PathOutside, $"{shown} leads out of the app directory", named);
                return null;
            case SourceEntry.Directory:
                Faults.Error(missing, $"{shown} is a directory, not a file", named);
                return null;
            default:
                Faults.Error(missing, $"{shown} does not exist or cannot be read", named);
                return null;
        }
    }
}
