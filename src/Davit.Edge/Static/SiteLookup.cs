namespace Davit.Edge.Static;

/// <summary>Finds what of a site a path means: the file itself, a page without its extension, an index, or the fallback.</summary>
internal static class SiteLookup
{
    private const int MostKnown = 20_000;

    /// <summary>Names of files that are missing come from anyone: long ones are looked up anew rather than kept.</summary>
    private const int LongestRemembered = 128;

    /// <remarks>The path is decoded and begins with a slash.</remarks>
    public static SiteFind Find(SiteRoot site, string path, DateTimeOffset now)
    {
        if (!IsPublic(path))
            return new SiteFind.Missing();

        if (FindIn(site, site.Site.Root, path, now) is { } found)
            return found;

        if (site.Site.KeepPreviousAssets && site.PreviousRoot is { } previous && now - site.Since < SiteRoot.PreviousFor && FindIn(site, previous, path, now) is SiteFind.Page old)
            return old;

        return site.Site.SinglePage && Path.GetExtension(path) is "" or ".html" && Known(site, site.Site.Root, "index.html", now) is { } index
            ? new SiteFind.Page(index)
            : new SiteFind.Missing();
    }

    public static SiteFile? NotFoundPage(SiteRoot site, DateTimeOffset now) => site.Site.NotFoundPage is { Length: > 0 } page ? Known(site, site.Site.Root, page.TrimStart('/'), now) : null;

    private static SiteFind? FindIn(SiteRoot site, string root, string path, DateTimeOffset now)
    {
        var relative = path.Trim('/');
        if (relative is not "" && !path.EndsWith('/') && (Known(site, root, relative, now) ?? Known(site, root, relative + ".html", now)) is { } file)
            return new SiteFind.Page(file);

        var index = relative is "" ? "index.html" : relative + "/index.html";
        if (Known(site, root, index, now) is not { } page)
            return null;

        // Relative links of an index page only work behind a slash.
        return path.EndsWith('/') ? new SiteFind.Page(page) : new SiteFind.Slash();
    }

    private static SiteFile? Known(SiteRoot site, string root, string relative, DateTimeOffset now)
    {
        var key = root + "\n" + relative;
        if (site.Known.TryGetValue(key, out var known) && known.IsStillTrue(now))
            return known.File;

        if (site.Known.Count > MostKnown)
            site.Known.Clear();

        var file = SiteFile.Find(root, relative);
        if (file is not null || relative.Length <= LongestRemembered)
            site.Known[key] = new(file, now);

        return file;
    }

    /// <summary>No dot files but <c>.well-known</c>, nothing that could mean another directory.</summary>
    private static bool IsPublic(string path)
    {
        if (path.Length > 2048 || path.AsSpan().ContainsAny('\\', '\0') || path.Contains("//", StringComparison.Ordinal) || path.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            return false;

        return path.Split('/').All(s => s is not ['.', ..] || s is ".well-known");
    }
}

/// <summary>What a path of a site leads to.</summary>
internal abstract record SiteFind
{
    private SiteFind()
    {
    }

    public sealed record Page(SiteFile File) : SiteFind;

    /// <summary>A directory that was asked for without its slash.</summary>
    public sealed record Slash : SiteFind;

    public sealed record Missing : SiteFind;
}
