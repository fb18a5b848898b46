using System.Text.Json;
using System.Text.Json.Serialization;

namespace Davit.Planning.Instances;

/// <summary>Plain content travels as base64; of a secret only its name and version travel.</summary>
internal sealed class FileContentConverter : JsonConverter<FileContent>
{
    public override FileContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return root.TryGetProperty("secret", out var name)
            ? new FileContent.Secret(name.GetString()!, root.GetProperty("version").GetString()!, null)
            : new FileContent.Plain([.. root.GetProperty("base64").GetBytesFromBase64()]);
    }

    public override void Write(Utf8JsonWriter writer, FileContent value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case FileContent.Plain plain:
                writer.WriteBase64String("base64", plain.Bytes.Items.AsSpan());
                break;
            case FileContent.Secret secret:
                writer.WriteString("secret", secret.Name);
                writer.WriteString("version", secret.Version);
                break;
        }

        writer.WriteEndObject();
    }
}
