namespace Davit.Model;

/// <summary>Where a browser may be sent on to without leaving this server.</summary>
public static class LocalPath
{
    private const int Longest = 1000;

    /// <returns>The path, or <c>/</c> when it could lead elsewhere: a browser reads <c>//host</c> and <c>/\host</c> as another server.</returns>
    public static string Of(string? path) => path is ['/', not ('/' or '\\'), ..] && path.Length <= Longest && !path.Any(c => c is < '!' or > '~' or '\\') ? path : "/";
}
