namespace Davit.Manifest.Sources;

/// <summary>Tells addresses of other machines from paths.</summary>
internal static class Remote
{
    private static readonly string[] Prefixes = ["https://", "http://", "git://", "ssh://", "oci://", "github.com/", "git@"];

    public static bool Is(string text) => Array.Exists(Prefixes, p => text.StartsWith(p, StringComparison.Ordinal));
}
