namespace Davit.Manifest;

/// <summary>Reads Compose files and <c>davit.yaml</c> into one model. Pure but for the reads of the given tree.</summary>
public static class ManifestLoader
{
    public static LoadResult Load(LoadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new LoadResult { Discovery = $"nothing was read from {request.Source.Root}" };
    }
}
