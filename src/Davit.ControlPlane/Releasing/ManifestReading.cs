using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Davit.Manifest;
using Davit.Model;
using Davit.Wire;

namespace Davit.ControlPlane.Releasing;

/// <summary>Reads the manifest of a source with the same library the CLI uses, so the verdict is the same.</summary>
internal static class ManifestReading
{
    /// <exception cref="ProblemException">DV1001 with every fault.</exception>
    public static (AppManifest App, ImmutableArray<Fault> Faults) Read(ISourceTree tree, string app, string env, ManifestInput input)
    {
        var request = new LoadRequest
        {
            Source = tree,
            Environment = env,
            ProjectName = app,
            ComposeFiles = [.. input.ComposeFiles],
            Profiles = [.. input.Profiles],
            AllowUnset = [.. input.AllowUnset],
            Variables = input.Variables.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        var result = ManifestLoader.Load(request);

        // An environment without an overlay is the bare manifest; that is no fault of the author's.
        if (result.Manifest is null && result.Faults.Where(f => f.Severity is Severity.Error).All(f => f.Code == ManifestProblems.EnvironmentUnknown))
            result = ManifestLoader.Load(request with { Environment = null });

        return result.Manifest is { } manifest
            ? (manifest, result.Faults)
            : throw new ProblemException(ManifestProblems.Refused(result.Faults));
    }

    /// <summary>An image alone, as the one service of a manifest.</summary>
    public static ISourceTree OfImage(DeploymentSource.Image image)
    {
        var port = image.Port is { } p ? $"\n    expose: [\"{p}\"]" : "";
        var kind = image.Port is { } q ? $"kind: web, port: {q}" : "kind: web";
        return new TextTree(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["compose.yaml"] = $"services:\n  web:\n    image: {JsonSerializer.Serialize(image.Reference.Replace("$", "$$", StringComparison.Ordinal))}{port}\n",
            ["davit.yaml"] = $"davit: 1\nservices:\n  web: {{ {kind} }}\n",
        });
    }

    private sealed class TextTree(Dictionary<string, string> files) : ISourceTree
    {
        public string Root => "/app";

        public SourceEntry Look(string path) =>
            path == Root ? SourceEntry.Directory : files.ContainsKey(Name(path)) ? SourceEntry.File : SourceEntry.Missing;

        public byte[]? Read(string path, int limit) => files.TryGetValue(Name(path), out var text) ? Encoding.UTF8.GetBytes(text) : null;

        private string Name(string path) => Path.GetRelativePath(Root, Path.GetFullPath(path, Root));
    }
}
