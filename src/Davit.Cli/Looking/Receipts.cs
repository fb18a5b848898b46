using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Davit.Cli.Shell;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary><c>davit receipt get &lt;id&gt;</c></summary>
internal sealed class ReceiptGet : Verb
{
    private readonly Argument<string> _id = new("id") { Description = "A receipt's id, or the id of what it is about." };

    public ReceiptGet() : base("get", "Print a receipt as it was signed.", "davit receipt get dep_0190a0", "davit receipt get rcp_0190a0 > receipt.json")
    {
        Aliases.Add("describe");
        Add(_id);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var receipt = await asked.Api.GetAsync($"{asked.OrgPath}/receipts/{Invocation.Part(asked.Get(_id)!)}", WireJson.Default.JsonObject, ct);
        asked.Terminal.Document(receipt, WireJson.Default.JsonObject);
        return ExitCode.Done;
    }
}

/// <summary><c>davit receipt verify &lt;id or file&gt;</c>: offline when a file and a key are given.</summary>
internal sealed class ReceiptVerify : Verb
{
    private readonly Argument<string> _what = new("receipt") { Description = "A receipt's id, or a file that holds one." };
    private readonly Option<string?> _key = new("--key") { Description = "A file with the public key (PEM); asked from the server when left away." };

    public ReceiptVerify() : base("verify", "Check that a receipt is what the installation signed.", "davit receipt verify receipt.json --key davit.pem", "davit receipt verify dep_0190a0")
    {
        Add(_what);
        Add(_key);
    }

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var what = asked.Get(_what)!;
        var receipt = File.Exists(what)
            ? Parse(what, await File.ReadAllTextAsync(what, ct))
            : await asked.Api.GetAsync($"{asked.OrgPath}/receipts/{Invocation.Part(what)}", WireJson.Default.JsonObject, ct);
        var pem = asked.Get(_key) is { } file
            ? await File.ReadAllTextAsync(file, ct)
            : (await asked.Api.GetAsync("v1/keys/receipts", WireJson.Default.SigningKeyView, ct)).PublicPem;

        if (!IsGenuine(receipt, pem))
            throw new ProblemException(CliProblems.FalseReceipt((string?)receipt["id"] ?? what));
        asked.Terminal.Answer($"{receipt["id"]} is genuine: {receipt["kind"]} {receipt["status"]} by {receipt["actor"]}");
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(receipt, WireJson.Default.JsonObject);
        return ExitCode.Done;
    }

    private static JsonObject Parse(string file, string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new System.Text.Json.JsonException();
        }
        catch (System.Text.Json.JsonException)
        {
            throw new ProblemException(CliProblems.Bad($"'{file}'", "holds no receipt", "Get it from the server: davit receipt get ID > receipt.json"));
        }
    }

    /// <summary>The signature covers the canonical JSON (RFC 8785) of the receipt without its signature member.</summary>
    internal static bool IsGenuine(JsonObject receipt, string pem)
    {
        var unsigned = receipt.DeepClone().AsObject();
        if (unsigned["signature"] is not JsonObject signed || signed["value"] is not JsonValue value || !value.TryGetValue<string>(out var signature) || !unsigned.Remove("signature"))
            return false;
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.VerifyData(CanonicalJson.Bytes(unsigned), System.Buffers.Text.Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
