using Davit.Manifest.Loading;

namespace Davit.Manifest;

/// <summary>Reads Compose files and <c>davit.yaml</c> into one model. Pure but for the reads of the given tree.</summary>
public static class ManifestLoader
{
    /// <summary>One effective manifest: that of the environment asked for, or the one without overlay.</summary>
    public static LoadResult Load(LoadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new AppLoader(new LoadSession(request)).Load();
    }

    /// <summary>The same, with the effective manifest of every overlay checked too; what only an overlay breaks is added.</summary>
    public static LoadResult LoadAll(LoadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var result = Load(request);
        if (request.Environment is not null || result.Manifest is not { } manifest)
            return result;

        var sink = new FaultSink();
        foreach (var fault in result.Faults)
            sink.Add(fault);
        foreach (var environment in manifest.EnvironmentNames)
        {
            foreach (var fault in Load(request with { Environment = environment }).Faults.Where(f => !result.Faults.Contains(f)))
                sink.Add(fault with { Message = $"{fault.Message} (environment {environment})" });
        }

        return result with { Manifest = sink.HasErrors ? null : manifest, Faults = sink.Sorted(), First = sink.First };
    }
}
