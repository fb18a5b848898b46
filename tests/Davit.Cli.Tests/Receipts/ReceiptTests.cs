using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Davit.Model;

namespace Davit.Cli.Tests.Receipts;

/// <summary>A receipt is checked with a file and a public key, without a server.</summary>
public sealed class ReceiptTests : IDisposable
{
    private readonly Support.Davit _davit = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task What_was_signed_is_genuine_however_it_is_laid_out()
    {
        var ended = await VerifyAsync(Signed().ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }), _key);
        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Out.ShouldContain("rcp_1 is genuine");
    }

    [Fact]
    public async Task One_changed_byte_is_found()
    {
        var ended = await VerifyAsync(Signed().ToJsonString().Replace("live", "dive", StringComparison.Ordinal), _key);
        ended.Exit.ShouldBe(1, ended.ToString());
        ended.Error.ShouldContain("DV4504");
    }

    [Fact]
    public async Task Another_key_is_found()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ended = await VerifyAsync(Signed().ToJsonString(), other);
        ended.Exit.ShouldBe(1, ended.ToString());
        ended.Error.ShouldContain("DV4504");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("""{"id": "rcp_1"}""")]
    [InlineData("""{"id": "rcp_1", "signature": "x"}""")]
    [InlineData("""{"id": "rcp_1", "signature": {"value": "!!"}}""")]
    public async Task What_is_no_receipt_is_refused_and_no_crash(string text)
    {
        var ended = await VerifyAsync(text, _key);
        ended.Exit.ShouldBe(1, ended.ToString());
        ended.Error.ShouldContain("DV450");
    }

    public void Dispose()
    {
        _key.Dispose();
        _davit.Dispose();
    }

    private JsonObject Signed()
    {
        var receipt = new JsonObject { ["id"] = "rcp_1", ["kind"] = "deployment", ["status"] = "live", ["actor"] = "owner", ["number"] = 1e23 };
        var signature = _key.SignData(CanonicalJson.Bytes(receipt), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        receipt["signature"] = new JsonObject { ["value"] = Base64Url.EncodeToString(signature) };
        return receipt;
    }

    private Task<Support.Ended> VerifyAsync(string receipt, ECDsa key) => _davit
        .With("receipt.json", receipt)
        .With("davit.pem", key.ExportSubjectPublicKeyInfoPem())
        .RunAsync("receipt", "verify", "receipt.json", "--key", "davit.pem");
}
