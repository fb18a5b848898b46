using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.OpenApi.Pairs;

internal enum ServerChange
{
    None,
    Removed,
    LastRemoved,
    Added,
    BasePath,
    Host,
    Downgraded,
}

/// <summary>The same server before and after; at least one of them is there.</summary>
/// <param name="IsLast">No server is left on the new side.</param>
internal sealed record ServerPair(Server? Old, Server? New, bool IsLast)
{
    public string OldUrl => Old?.Url ?? "";

    public string NewUrl => New?.Url ?? "";

    public ServerChange Change
    {
        get
        {
            if (Old is null)
                return ServerChange.Added;
            if (New is null)
                return IsLast ? ServerChange.LastRemoved : ServerChange.Removed;
            if (OldUrl == NewUrl)
                return ServerChange.None;
            var ((oldScheme, oldHost, oldPath), (newScheme, newHost, newPath)) = (Split(OldUrl), Split(NewUrl));
            return oldPath != newPath ? ServerChange.BasePath
                : (oldScheme, newScheme) is ("https", "http") ? ServerChange.Downgraded
                : oldHost != newHost ? ServerChange.Host
                : ServerChange.None;
        }
    }

    private static (string Scheme, string Host, string Path) Split(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? url : url[(scheme + 3)..];
        var path = rest.IndexOf('/', StringComparison.Ordinal);
        var host = scheme < 0 ? "" : path < 0 ? rest : rest[..path];
        return (scheme < 0 ? "" : url[..scheme].ToLowerInvariant(), host.ToLowerInvariant(), (path < 0 ? "" : rest[path..]).TrimEnd('/'));
    }
}
