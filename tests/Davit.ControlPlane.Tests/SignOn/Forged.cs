using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Davit.ControlPlane.Tests.SignOn;

/// <summary>Tokens put together by hand, with no library in between that would refuse to.</summary>
internal static class Forged
{
    public static string Es256(JsonObject head, JsonObject body, ECDsa key) => Signed(head, body, bytes => key.SignData(bytes, HashAlgorithmName.SHA256));

    public static string Hs256(JsonObject head, JsonObject body, byte[] key) => Signed(head, body, bytes => HMACSHA256.HashData(key, bytes));

    public static string Unsigned(JsonObject head, JsonObject body) => $"{Part(head)}.{Part(body)}.";

    public static (JsonObject Head, JsonObject Body) Read(string token) => token.Split('.') is [var head, var body, _] ? (Of(head), Of(body)) : throw new ArgumentException("no JWT", nameof(token));

    /// <summary>Changes one bit of the signature's middle.</summary>
    public static string Flipped(string token)
    {
        var dot = token.LastIndexOf('.');
        var signature = Base64Url.DecodeFromChars(token.AsSpan(dot + 1));
        signature[signature.Length / 2] ^= 1;
        return $"{token[..dot]}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Signed(JsonObject head, JsonObject body, Func<byte[], byte[]> sign)
    {
        var text = $"{Part(head)}.{Part(body)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Part(JsonObject value) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value.ToJsonString()));

    private static JsonObject Of(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
}
