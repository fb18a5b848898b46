using System.Collections.Immutable;
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
        return new MemorySourceTree("/app")
            .With("compose.yaml", $"services:\n  web:\n    image: {JsonSerializer.Serialize(image.Reference.Replace("$", "$$", StringComparison.Ordinal))}{port}\n")
            .With("davit.yaml", $"davit: 1\nservices:\n  web: {{ {kind} }}\n");
    }
}
