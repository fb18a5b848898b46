namespace Davit.Manifest.Yaml;

/// <summary>What one file may hold. Aliases count as what they stand for.</summary>
internal static class YamlLimits
{
    public const int Bytes = 1024 * 1024;
    public const int Depth = 64;
    public const int Nodes = 10_000;
    public const int Files = 100;

    /// <summary>Ports of all services once ranges are written out.</summary>
    public const int Ports = 20_000;

    /// <summary>Published ports the edge holds for one app.</summary>
    public const int Published = 2_000;
}
