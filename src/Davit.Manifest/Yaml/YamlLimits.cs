namespace Davit.Manifest.Yaml;

/// <summary>What one file may hold. Aliases count as what they stand for.</summary>
internal static class YamlLimits
{
    public const int Bytes = 1024 * 1024;
    public const int Depth = 64;
    public const int Nodes = 10_000;
    public const int Files = 100;
}
