using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Davit.Planning.Instances;

/// <summary>
/// SHA-256 over the canonical JSON (keys in ordinal order, no white space) of a spec without its name and owner. Defaults are left out, so a key
/// added later does not move the hash of specs that do not use it.
/// </summary>
public static class SpecHash
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(InstanceSpec spec) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Canonical(spec)))}";

    /// <summary>The bytes that are hashed.</summary>
    public static byte[] Canonical(InstanceSpec spec)
    {
        var element = JsonSerializer.SerializeToElement(spec, InstanceSpecJson.Default.InstanceSpec);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
            WriteObject(writer, element, static name => name is not ("name" or "owner"));
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element, Func<string, bool> keep)
    {
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject().Where(p => keep(p.Name)).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property.Value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, element, static _ => true);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}

/// <summary>How specs are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(InstanceSpec))]
[JsonSerializable(typeof(NetworkSpec))]
[JsonSerializable(typeof(VolumeSpec))]
[JsonSerializable(typeof(MountSpec))]
[JsonSerializable(typeof(SecretVariable))]
[JsonSerializable(typeof(SecretPart))]
[JsonSerializable(typeof(FileSpec))]
[JsonSerializable(typeof(NetworkAttachment))]
[JsonSerializable(typeof(PublishedPort))]
[JsonSerializable(typeof(HookSpec))]
[JsonSerializable(typeof(HooksSpec))]
[JsonSerializable(typeof(AddressPool))]
[JsonSerializable(typeof(Ulimit))]
[JsonSerializable(typeof(DeviceRate))]
[JsonSerializable(typeof(DeviceRequest))]
[JsonSerializable(typeof(DeviceMapping))]
[JsonSerializable(typeof(EquatableList<string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
public sealed partial class InstanceSpecJson : JsonSerializerContext;
