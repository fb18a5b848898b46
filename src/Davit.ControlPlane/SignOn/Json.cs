using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Davit.ControlPlane.SignOn;

/// <summary>Reads what strangers write: a member of another form than expected is as good as missing.</summary>
internal static class Json
{
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Some providers write it as text.</summary>
    public static bool Bool(JsonNode? node) => node is JsonValue value && (value.GetValueKind() is JsonValueKind.True || Text(value) is "true");

    /// <summary>One text counts as a list of one.</summary>
    public static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray list ? [.. list.Select(Text).OfType<string>()] : Text(node) is { } one ? [one] : [];

    /// <returns>Each of a list, or the one value, as <see cref="Plain"/> reads it.</returns>
    public static IEnumerable<string?> Plains(JsonNode? node) => node is JsonArray list ? list.Select(Plain) : [Plain(node)];

    /// <returns>Nothing when somebody has signed what is no object, or says the same thing twice.</returns>
    public static JsonObject ClaimsOf(JsonWebToken token)
    {
        try
        {
            return JsonNode.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), documentOptions: new() { AllowDuplicateProperties = false, MaxDepth = 16 }) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <returns>A text, number or truth value as text; null for anything else.</returns>
    public static string? Plain(JsonNode? node) => node is JsonValue value ? value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.TryGetValue<long>(out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        _ => null,
    } : null;
}
