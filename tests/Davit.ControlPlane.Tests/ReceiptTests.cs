using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Tests.Support;
using Davit.Model;

namespace Davit.ControlPlane.Tests;

public sealed class ReceiptTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receipt_verifies_with_the_public_key_as_answered_and_as_stored_and_fails_when_a_character_changes()
    {
        using var api = server.Installed.Api();
        var answered = (await api.PostAsync(Api.Apps, """{"name":"receipted"}""", Ct)).ShouldBe(201).Json["receipt"]!.AsObject();
        var stored = (await api.GetAsync($"/v1/orgs/default/receipts/{answered["id"]}", Ct)).ShouldBe(200).Json.AsObject();
        var key = (await api.GetAsync("/v1/keys/receipts", Ct)).ShouldBe(200).Json;
        using var open = ECDsa.Create();
        open.ImportFromPem((string)key["publicPem"]!);

        ((string)answered["signature"]!["key"]!).ShouldBe((string)key["id"]!);
        CanonicalJson.Hash(stored).ShouldBe(CanonicalJson.Hash(answered));
        Verifies(open, answered).ShouldBeTrue();
        Verifies(open, stored).ShouldBeTrue();

        var text = stored.ToJsonString();
        var flipped = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i]) || Parse(text[..i] + (text[i] is '7' ? '8' : '7') + text[(i + 1)..]) is not { } forged || JsonNode.DeepEquals(forged, stored))
                continue;
            flipped++;
            Verifies(open, forged).ShouldBeFalse(forged.ToJsonString());
        }

        flipped.ShouldBeGreaterThan(100);
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static bool Verifies(ECDsa key, JsonObject receipt)
    {
        var body = receipt.DeepClone().AsObject();
        body.Remove("signature");
        return (string?)receipt["signature"]?["alg"] is "ES256" && (string?)receipt["signature"]!["value"] is { } value && Base64Url.IsValid(value)
            && (string?)receipt["signature"]!["key"] is { } id && id == "key_" + Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..32]
            && receipt["signature"]!.AsObject().Count is 3
            && Base64Url.EncodeToString(Base64Url.DecodeFromChars(value)) == value
            && key.VerifyData(CanonicalJson.Bytes(body), Base64Url.DecodeFromChars(value), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
