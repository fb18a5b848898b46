using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Davit.Manifest.Canonical;
using Davit.Model;

namespace Davit.Manifest;

/// <summary>A manifest as RFC 8785 JSON with every default written out: equal meaning gives equal bytes and an equal hash.</summary>
public static class CanonicalManifest
{
    public static string Json(AppManifest manifest) => Text(manifest, ManifestJson.Default.AppManifest);

    /// <summary><c>sha256:</c> and the digest of <see cref="Json"/>.</summary>
    public static string Hash(AppManifest manifest) => CanonicalJson.HashOf(Encoding.UTF8.GetBytes(Json(manifest)));

    /// <summary>The same for one service: instances need replacing only when it moves.</summary>
    public static string Hash(ServiceSpec service) => CanonicalJson.HashOf(Encoding.UTF8.GetBytes(Text(service, ManifestJson.Default.ServiceSpec)));

    /// <summary>Reads back what <see cref="Json"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not a manifest.</exception>
    public static AppManifest Parse(string json) =>
        JsonSerializer.Deserialize(json, ManifestJson.Default.AppManifest) ?? throw new JsonException("The text is not a manifest.");

    private static string Text<T>(T value, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(value);
        return CanonicalJson.Text(JsonNode.Parse(JsonSerializer.SerializeToUtf8Bytes(value, type)));
    }
}
