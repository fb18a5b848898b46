using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Davit.Edge.Static;

/// <summary>One file of a site, with what its answers need.</summary>
/// <param name="Path">On disk, without links.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Digest">Of the content; the heart of its strong ETag.</param>
/// <param name="WrittenAt">The time of its last change, UTC.</param>
/// <param name="Variants">Content codings of which a compressed copy lies beside it, the preferred first.</param>
internal sealed record SiteFile(string Path, long Length, string Digest, DateTime WrittenAt, ImmutableArray<(string Coding, string Suffix)> Variants)
{
    /// <summary>Larger files are known by root, size and time: a root is content-addressed, so that is their content too.</summary>
    private const long LargestHashed = 16 * 1024 * 1024;
    private static readonly (string Coding, string Suffix)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    public string ETag(string coding) => coding is "" ? $"\"{Digest}\"" : $"\"{Digest}-{coding}\"";

    /// <summary>The file under the root, or null: missing, a directory, or outside by a link.</summary>
    public static SiteFile? Find(string root, string relative)
    {
        var full = System.IO.Path.Combine(root, relative);
        var file = new FileInfo(full);
        if (!file.Exists || LeavesRoot(root, relative))
            return null;

        var content = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return new SiteFile(full, content.Length, DigestOf(content), file.LastWriteTimeUtc, [.. Codings.Where(c => File.Exists(full + c.Suffix) && !LeavesRoot(root, relative + c.Suffix))]);
    }

    /// <summary>Whether a link on the way leads out of the root.</summary>
    private static bool LeavesRoot(string root, string relative)
    {
        var at = root;
        foreach (var segment in relative.Split('/'))
        {
            at = System.IO.Path.Combine(at, segment);
            FileSystemInfo entry = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (entry.LinkTarget is null)
                continue;

            var target = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
            if (target is null || !target.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static string DigestOf(FileInfo file)
    {
        if (file.Length > LargestHashed)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{file.FullName}:{file.Length}:{file.LastWriteTimeUtc.Ticks}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
        }

        using var content = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(content))[..32];
    }
}
