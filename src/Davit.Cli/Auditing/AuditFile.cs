using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Davit.Model;
using Davit.Model.Audit;
using Davit.Wire;

namespace Davit.Cli.Auditing;

/// <summary>An export of the audit log, checked by nothing but itself and a key that came another way.</summary>
internal sealed class AuditFile : IDisposable
{
    private const int LargestPart = 1 << 20;

    private readonly ZipArchive _pack;

    private AuditFile(ZipArchive pack) => _pack = pack;

    /// <exception cref="ProblemException">DV7902 when it is no export.</exception>
    public static AuditFile Open(string file)
    {
        try
        {
            return new(ZipFile.OpenRead(file));
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(AuditProblems.FalseExport($"'{file}' is not an export of the audit log"));
        }
    }

    /// <exception cref="ProblemException">DV7902 when the signature is false or the key another one. Wrong events are told in the verdict.</exception>
    public async Task<(AuditManifest Manifest, ChainVerdict Verdict)> VerifyAsync(string pem, ChainPlace? known, CancellationToken ct)
    {
        try
        {
            var bytes = await PartAsync(AuditManifest.ManifestFile, ct);
            if (!IsSigned(bytes, await PartAsync(AuditManifest.SignatureFile, ct), pem))
                throw new ProblemException(AuditProblems.FalseExport("The manifest's signature does not belong to it and this key"));
            var manifest = JsonSerializer.Deserialize(bytes, WireJson.Default.AuditManifest);
            if (manifest is not { Format: AuditManifest.Current, File: "events.jsonl" or "events.csv" })
                throw new ProblemException(AuditProblems.FalseExport("The manifest is of a form that this version does not know"));

            var verdict = await WalkAsync(manifest, known, ct);
            if (verdict.Break is null && await DigestAsync(manifest, ct) is var digest && digest != manifest.Sha256)
                throw new ProblemException(AuditProblems.FalseExport("Its events are intact, but they are not written as they were when it was signed"));
            return (manifest, verdict);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or DecoderFallbackException)
        {
            throw new ProblemException(AuditProblems.FalseExport("It cannot be read as an export of the audit log"), e);
        }
    }

    public void Dispose() => _pack.Dispose();

    private static bool IsSigned(byte[] bytes, byte[] signature, string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new ProblemException(AuditProblems.FalseExport("The file given as key holds no public key"), e);
        }
    }

    private Task<ChainVerdict> WalkAsync(AuditManifest manifest, ChainPlace? known, CancellationToken ct)
    {
        var (start, end) = (new ChainPlace(manifest.First - 1, manifest.PrevHash), new ChainPlace(manifest.Last, manifest.LastHash));
        ChainPlace[] marks = known is { } place && place.Seq >= manifest.First && place.Seq <= manifest.Last ? [place, .. place.Seq == end.Seq ? [] : (ChainPlace[])[end]] : [end];
        return new ChainWalk(start, marks).VerifyAsync(EventsAsync(manifest, ct), end, ct);
    }

    private async IAsyncEnumerable<ChainedEvent> EventsAsync(AuditManifest manifest, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var content = await Entry(manifest.File).OpenAsync(ct);
        using var reader = new StreamReader(content, new UTF8Encoding(false, throwOnInvalidBytes: true), false, 1 << 16);
        if (manifest.File is "events.csv")
            AuditLines.Record(reader);
        var line = 0;
        while (manifest.File is "events.csv" ? AuditLines.Record(reader) is { } cells && Read(AuditLines.OfCsv(cells), out var item) : Read(await JsonAsync(reader, ct), out item))
        {
            line++;
            yield return AuditLines.Chained(item, manifest.Org);
        }

        if (reader.Peek() >= 0)
            throw new InvalidDataException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {line + 1}"));
    }

    private static async Task<EventView?> JsonAsync(StreamReader reader, CancellationToken ct) =>
        await reader.ReadLineAsync(ct) is { } line ? JsonSerializer.Deserialize(line, WireJson.Default.EventView) ?? throw new InvalidDataException() : null;

    private static bool Read(EventView? found, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out EventView? item) => (item = found) is not null;

    private async Task<string> DigestAsync(AuditManifest manifest, CancellationToken ct)
    {
        await using var content = await Entry(manifest.File).OpenAsync(ct);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
    }

    private async Task<byte[]> PartAsync(string name, CancellationToken ct)
    {
        var entry = Entry(name);
        if (entry.Length > LargestPart)
            throw new InvalidDataException(name);
        await using var content = await entry.OpenAsync(ct);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    private ZipArchiveEntry Entry(string name) => _pack.GetEntry(name) ?? throw new InvalidDataException(name);
}
