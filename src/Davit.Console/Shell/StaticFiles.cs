using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Davit.Console.Shell;

/// <summary>Files that pages are drawn with. Their addresses hold their digests, so browsers keep them and an upgrade is seen at once.</summary>
internal static class StaticFiles
{
    private static readonly Dictionary<string, (byte[] Bytes, string Form)> Files = new(StringComparer.Ordinal)
    {
        ["console.css"] = (Read("console.css"), "text/css; charset=utf-8"),
        ["icon.svg"] = (Read("icon.svg"), "image/svg+xml"),
        ["live.js"] = (Read("live.js"), "text/javascript; charset=utf-8"),
    };

    public static string Stylesheet { get; } = Address("console.css");

    public static string Icon { get; } = Address("icon.svg");

    public static string Script { get; } = Address("live.js");

    public static IResult Send(string digest, string file, HttpResponse response)
    {
        if (!Files.TryGetValue(file, out var found) || digest != Digest(found.Bytes))
            return Results.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(found.Bytes, found.Form);
    }

    private static string Address(string file) => $"/assets/{Digest(Files[file].Bytes)}/{file}";

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
