using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Cli.Auditing;
using Davit.Model;
using Davit.Model.Audit;
using Davit.Wire;

namespace Davit.Cli.Tests.Auditing;

/// <summary>An export is checked with a file and a public key, without a server.</summary>
public sealed class AuditFileTests : IDisposable
{
    private const string Org = "org_019a0000000070008000000000000001";

    private readonly Support.Davit _davit = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Pack => Path.Combine(_davit.Home, "audit.zip");

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    public async Task What_was_signed_is_intact(string format)
    {
        Write(format, Chain(20));
        var ended = await _davit.With("davit.pem", _key.ExportSubjectPublicKeyInfoPem()).RunAsync("audit", "verify", "--file", "audit.zip", "--key", "davit.pem");
        ended.Exit.ShouldBe(0, ended.ToString());
        ended.Out.ShouldContain($"20 events of {Org}, 1 to 20, are intact");
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    public async Task One_changed_byte_is_found_and_the_event_named(string format)
    {
        Write(format, Chain(20), lines => lines.Select(l => l.Replace("thing-7\"", "thing-8\"", StringComparison.Ordinal)));
        var ended = await _davit.With("davit.pem", _key.ExportSubjectPublicKeyInfoPem()).RunAsync("audit", "verify", "--file", "audit.zip", "--key", "davit.pem");
        ended.Exit.ShouldBe(1, ended.ToString());
        ended.Error.ShouldContain("DV7903");
        ended.Error.ShouldContain("The first wrong event is 7: it was altered");
    }

    [Fact]
    public async Task Lines_that_are_gone_moved_or_put_in_are_told_apart()
    {
        (await FoundAsync(lines => lines.Where((_, n) => n is not 6))).ShouldBe((7, ChainFault.Missing));
        (await FoundAsync(lines => lines.Select((l, n) => n is 6 ? lines[7] : n is 7 ? lines[6] : l))).ShouldBe((7, ChainFault.Reordered));
        (await FoundAsync(lines => lines.Take(7).Append(lines[6]).Concat(lines.Skip(7)))).ShouldBe((7, ChainFault.Inserted));
        (await FoundAsync(lines => lines.Take(15))).ShouldBe((16, ChainFault.CutOff));
    }

    [Fact]
    public async Task Another_key_an_altered_manifest_and_what_is_no_export_are_refused()
    {
        Write("jsonl", Chain(3));
        using (var other = ECDsa.Create(ECCurve.NamedCurves.nistP256))
            (await CodeAsync(other.ExportSubjectPublicKeyInfoPem())).ShouldBe("DV7902");
        (await CodeAsync("no key")).ShouldBe("DV7902");

        Write("jsonl", Chain(3), forge: m => m with { Org = "org_other" });
        (await CodeAsync()).ShouldBe("DV7902");
        Write("jsonl", Chain(3), lines => lines.Append("{\"seq\":"));
        (await CodeAsync()).ShouldBe("DV7902");
        Write("jsonl", Chain(3), lines => lines.Select(l => l + " "));
        (await CodeAsync()).ShouldBe("DV7902", "the same events in other bytes");
        await File.WriteAllTextAsync(Pack, "not a zip", Ct);
        Should.Throw<ProblemException>(() => AuditFile.Open(Pack)).Problem.Code.ShouldBe("DV7902");
    }

    [Fact]
    public async Task A_place_that_somebody_kept_must_be_in_it()
    {
        var chain = Chain(10);
        Write("jsonl", chain);
        using var export = AuditFile.Open(Pack);
        (await export.VerifyAsync(_key.ExportSubjectPublicKeyInfoPem(), new(5, chain[4].Hash), Ct)).Verdict.Break.ShouldBeNull();
        (await export.VerifyAsync(_key.ExportSubjectPublicKeyInfoPem(), new(5, chain[5].Hash), Ct)).Verdict.Break.ShouldNotBeNull().Fault.ShouldBe(ChainFault.Altered);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("'quoted")]
    [InlineData("a \"b\", c\nd\re")]
    [InlineData("")]
    public void Hostile_cells_are_inert_and_come_back_as_they_were(string actor)
    {
        var item = View(Chain(1, actor)[0]);
        var line = AuditLines.Csv(item);
        var cell = line.Split(',')[4].TrimStart('"');
        (cell is "" || !"=+-@\t".Contains(cell[0], StringComparison.Ordinal)).ShouldBeTrue(cell);
        using var reader = new StringReader(line + "\n");
        var read = AuditLines.OfCsv(AuditLines.Record(reader)!).ShouldNotBeNull();
        read.Actor.ShouldBe(actor);
        AuditLines.Chained(read, Org).IsIntact.ShouldBeTrue();
    }

    /// <summary>The aim is a million in 20 s on a quiet machine of the reference size; here a share of that, with room for a busy one.</summary>
    [Fact]
    public async Task Fifty_thousand_events_are_checked_in_seconds()
    {
        Write("jsonl", Chain(50_000));
        using var export = AuditFile.Open(Pack);
        var began = Stopwatch.GetTimestamp();
        (await export.VerifyAsync(_key.ExportSubjectPublicKeyInfoPem(), null, Ct)).Verdict.Checked.ShouldBe(50_000);
        var took = Stopwatch.GetElapsedTime(began);
        TestContext.Current.SendDiagnosticMessage("{0:0} events/s", 50_000 / took.TotalSeconds);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    public void Dispose()
    {
        _key.Dispose();
        _davit.Dispose();
    }

    private static List<ChainedEvent> Chain(int count, string actor = "ada")
    {
        var (all, previous) = (new List<ChainedEvent>(), "");
        for (var seq = 1; seq <= count; seq++)
        {
            var made = new ChainedEvent
            {
                Org = Org, Seq = seq, At = DateTimeOffset.UnixEpoch.AddSeconds(seq).AddTicks(10), Type = "thing.happened", Version = 1, Subjects = [$"thing-{seq}", Org], Actor = actor, RequestId = "req-0000001",
                CorrelationId = "c", Payload = new JsonObject { ["name"] = $"thing-{seq}", ["n"] = seq }, Form = ChainedEvent.NewestForm, Address = "203.0.113.9", PrevHash = previous, Hash = "",
            };
            all.Add(made = made with { Hash = made.ComputeHash() });
            previous = made.Hash;
        }

        return all;
    }

    private static EventView View(ChainedEvent e) => new(e.Seq, e.At, e.Type, e.Version, e.Subjects, e.Actor, e.RequestId, e.CorrelationId, e.Payload!.AsObject(), e.PrevHash, e.Hash)
    {
        Address = e.Address, Decision = e.Decision, Form = e.Form,
    };

    /// <param name="tamper">Changes the lines after they were signed.</param>
    /// <param name="forge">Changes the manifest after it was signed.</param>
    private void Write(string format, List<ChainedEvent> chain, Func<string[], IEnumerable<string>>? tamper = null, Func<AuditManifest, AuditManifest>? forge = null)
    {
        string[] lines = [.. chain.Select(View).Select(e => format is "csv" ? AuditLines.Csv(e) : AuditLines.Json(e))];
        var head = format is "csv" ? AuditLines.CsvHead + "\n" : "";
        var signed = Encoding.UTF8.GetBytes(head + string.Concat(lines.Select(l => l + "\n")));
        var manifest = new AuditManifest(AuditManifest.Current, Org, $"events.{format}", chain.Count, 1, chain.Count, "", chain[^1].Hash, Convert.ToHexStringLower(SHA256.HashData(signed)), signed.Length, DateTimeOffset.UnixEpoch, "key_1");
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, WireJson.Default.AuditManifest);
        var signature = _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        File.Delete(Pack);
        using var pack = ZipFile.Open(Pack, ZipArchiveMode.Create);
        Put(pack, $"events.{format}", tamper is null ? signed : Encoding.UTF8.GetBytes(head + string.Concat(tamper(lines).Select(l => l + "\n"))));
        Put(pack, AuditManifest.ManifestFile, forge is null ? bytes : JsonSerializer.SerializeToUtf8Bytes(forge(manifest), WireJson.Default.AuditManifest));
        Put(pack, AuditManifest.SignatureFile, signature);
    }

    private static void Put(ZipArchive pack, string name, byte[] bytes)
    {
        using var entry = pack.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(bytes);
    }

    private async Task<(long, ChainFault)> FoundAsync(Func<string[], IEnumerable<string>> tamper)
    {
        Write("jsonl", Chain(20), tamper);
        using var export = AuditFile.Open(Pack);
        var found = (await export.VerifyAsync(_key.ExportSubjectPublicKeyInfoPem(), null, Ct)).Verdict.Break.ShouldNotBeNull();
        return (found.Seq, found.Fault);
    }

    private async Task<string> CodeAsync(string? pem = null)
    {
        using var export = AuditFile.Open(Pack);
        return (await Should.ThrowAsync<ProblemException>(export.VerifyAsync(pem ?? _key.ExportSubjectPublicKeyInfoPem(), null, Ct))).Problem.Code;
    }
}
