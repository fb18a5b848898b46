using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Davit.Console.Shell;

/// <summary>Files that pages are drawn with. Their addresses hold their digests, so browsers keep them and an upgrade is seen at once.</summary>
internal static class StaticFiles
{
    private static readonly byte[] Style = Read("console.css");
    private static readonly byte[] IconBytes = Read("icon.svg");

    public static string Stylesheet { get; } = $"/assets/{Digest(Style)}/console.css";

    public static string Icon { get; } = $"/assets/{Digest(IconBytes)}/icon.svg";

    public static IResult Send(string digest, string file, HttpResponse response)
    {
        (byte[] Bytes, string Form)? found = file switch { "console.css" => (Style, "text/css; charset=utf-8"), "icon.svg" => (IconBytes, "image/svg+xml"), _ => null };
        if (found is not var (bytes, form) || digest != Digest(bytes))
            return Results.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(bytes, form);
    }

    private static string Digest(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
