using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Dapper;
using Davit.ControlPlane.Audit;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.ControlPlane.Tests.Audit;

/// <summary>Every test has a server of its own, because it tampers with its log.</summary>
public sealed class AuditTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Audit = "/v1/orgs/default/audit";
    private Installed _installed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _installed = await Installed.StartAsync(postgres, Ct);

    public ValueTask DisposeAsync() => _installed.DisposeAsync();

    [Fact]
    public async Task Who_did_what_from_where_is_listed_the_newest_first_page_by_page()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        using var api = _installed.Api();

        var newest = (await api.GetAsync($"{Audit}?type=env.created", Ct)).ShouldBe(200).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)newest["actor"]!, (string)newest["address"]!, (string)newest["decision"]!).ShouldBe(("owner", "127.0.0.1", "allowed"));

        var (seen, cursor) = (new List<long>(), "");
        do
        {
            var page = (await api.GetAsync($"{Audit}?limit=2{cursor}", Ct)).ShouldBe(200).Json;
            seen.AddRange(page["items"]!.AsArray().Select(i => (long)i!["seq"]!));
            cursor = (string?)page["next"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor is not "");
        seen.ShouldBe(seen.Order().Reverse());
        seen[^1].ShouldBe(1);
    }

    [Theory]
    [InlineData("decision=perhaps")]
    [InlineData("address=10.0.0.0/99")]
    public async Task A_filter_that_cannot_be_is_refused(string query)
    {
        using var api = _installed.Api();
        (await api.GetAsync($"{Audit}?{query}", Ct)).ShouldBeProblem(422, "DV7905");
    }

    [Fact]
    public async Task What_is_cut_off_with_its_checkpoints_is_missed_against_the_file_beside_the_database()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        using var api = _installed.Api();
        await SignAsync();
        var whole = (await api.GetAsync($"{Audit}/verdict", Ct)).ShouldBe(200).Json;
        whole["break"].ShouldBeNull(whole.ToJsonString());
        ((long)whole["signedThrough"]!).ShouldBe((long)whole["head"]!);

        await TamperAsync("delete from events where seq > 2; delete from event_checkpoints; update event_heads set seq = 2, hash = (select hash from events where seq = 2)");
        var cut = (await api.GetAsync($"{Audit}/verdict", Ct)).ShouldBe(200).Json["break"]!;
        ((long)cut["seq"]!, (string)cut["fault"]!).ShouldBe((3, "cut-off"));
    }

    [Fact]
    public async Task Without_any_file_of_the_server_the_place_that_somebody_kept_tells_it()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        using var api = _installed.Api();
        var kept = (await api.GetAsync($"{Audit}?limit=1", Ct)).ShouldBe(200).Json["items"]![0]!;
        await TamperAsync("delete from events where seq > 2; update event_heads set seq = 2, hash = (select hash from events where seq = 2)");

        (await api.GetAsync($"{Audit}/verdict", Ct)).ShouldBe(200).Json["break"].ShouldBeNull();
        ((string)(await api.GetAsync($"{Audit}/verdict?seq={kept["seq"]}&hash={kept["hash"]}", Ct)).ShouldBe(200).Json["break"]!["fault"]!).ShouldBe("cut-off");
    }

    [Fact]
    public async Task A_checkpoint_that_somebody_else_made_is_no_checkpoint()
    {
        using var api = _installed.Api();
        await SignAsync();
        await _installed.Database.ReadAsync(db => db.ExecuteAsync("alter table event_checkpoints disable trigger user; update event_checkpoints set body = replace(body, '\"seq\":', '\"seq\":1')"), Ct);

        ((string)(await api.GetAsync($"{Audit}/verdict", Ct)).ShouldBe(200).Json["break"]!["fault"]!).ShouldBe("forged");
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    public async Task An_export_is_checked_by_openssl_and_taking_it_away_is_an_event(string format)
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        var directory = await ExportAsync(format);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(directory, "manifest.json"), Ct))!;
        ((long)manifest["count"]!).ShouldBe((long)manifest["last"]!);

        (await RunAsync("openssl", "dgst", "-sha256", "-verify", Path.Combine(directory, "key.pem"), "-signature", Path.Combine(directory, "manifest.sig"), Path.Combine(directory, "manifest.json"))).ShouldContain("Verified OK");
        (await RunAsync("sha256sum", Path.Combine(directory, $"events.{format}"))).ShouldStartWith((string)manifest["sha256"]!);
        (await File.ReadAllLinesAsync(Path.Combine(directory, $"events.{format}"), Ct)).Length.ShouldBe((int)(long)manifest["count"]! + (format is "csv" ? 1 : 0));

        using var api = _installed.Api();
        var taken = (await api.GetAsync($"{Audit}?type=access.audit-exported", Ct)).ShouldBe(200).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((long)taken["payload"]!["last"]!).ShouldBe((long)manifest["last"]!);
    }

    [Fact]
    public async Task Old_events_are_archived_before_they_go_and_archive_and_rest_are_one_chain()
    {
        using var shop = await Shop.MakeAsync(_installed, Ct);
        using var api = _installed.Api();
        var before = (long)(await api.GetAsync($"{Audit}/verdict", Ct)).ShouldBe(200).Json["head"]!;
        var org = await _installed.OrgAsync(Ct);
        await Retention(TimeProvider.System).RunAsync(org, Ct);
        ((long)(await api.GetAsync($"{Audit}/verdict", Ct)).ShouldBe(200).Json["from"]!).ShouldBe(1, "nothing is old enough");

        var retention = Retention(new Later(TimeSpan.FromDays(401)));
        await retention.RunAsync(org, Ct);

        var after = (await api.GetAsync($"{Audit}/verdict", Ct)).ShouldBe(200).Json;
        after["break"].ShouldBeNull(after.ToJsonString());
        ((long)after["from"]!, (long)after["head"]!).ShouldBe((before, before + 1));
        var archive = (await api.GetAsync($"{Audit}/retention", Ct)).ShouldBe(200).Json["archives"]!.AsArray().ShouldHaveSingleItem()!;
        ((long)archive["through"]!).ShouldBe(before - 1);
        using (var pack = await ZipFile.OpenReadAsync(Path.Combine(retention.DirectoryOf(org), (string)archive["archive"]!), Ct))
        {
            using var reader = new StreamReader(await pack.GetEntry("events.jsonl")!.OpenAsync(Ct));
            var last = JsonNode.Parse((await reader.ReadToEndAsync(Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
            ((string)last["hash"]!).ShouldBe((string)archive["statement"]!["hash"]!);
        }

        (await api.GetAsync($"{Audit}/export?after=1", Ct)).ShouldBeProblem(410, "DV7901").Text.ShouldContain((string)archive["archive"]!);
        await _installed.Database.ReadAsync(db => db.ExecuteAsync("alter table event_anchors disable trigger user; update event_anchors set body = replace(body, 'audit-anchor', 'audit-other')"), Ct);
        ((string)(await api.GetAsync($"{Audit}/verdict", Ct)).ShouldBe(200).Json["break"]!["fault"]!).ShouldBe("forged");
    }

    [Fact]
    public async Task The_policy_has_bounds_a_version_and_a_receipt()
    {
        using var api = _installed.Api();
        (await api.PutAsync($"{Audit}/retention", """{"keepDays":29,"archiveDays":400,"expectedVersion":0}""", Ct)).ShouldBeProblem(422, "DV7904");
        (await api.PutAsync($"{Audit}/retention", """{"keepDays":400,"archiveDays":399,"expectedVersion":0}""", Ct)).ShouldBeProblem(422, "DV7904");
        (await api.PutAsync($"{Audit}/retention", """{"keepDays":90,"archiveDays":365}""", Ct)).ShouldBeProblem(428, "DV4009");
        (await api.PutAsync($"{Audit}/retention", """{"keepDays":90,"archiveDays":365,"expectedVersion":0}""", Ct)).ShouldBe(200).Json["receipt"].ShouldNotBeNull();
        (await api.PutAsync($"{Audit}/retention", """{"keepDays":91,"archiveDays":365,"expectedVersion":0}""", Ct)).ShouldBeProblem(409, "DV4010");
        ((int)(await api.GetAsync($"{Audit}/retention", Ct)).ShouldBe(200).Json["keepDays"]!).ShouldBe(90);
    }

    private AuditRetention Retention(TimeProvider clock) => new(
        _installed.Database, _installed.App.Services.GetRequiredService<AuditPack>(), _installed.App.Services.GetRequiredService<Receipts.SigningKey>(), _installed.Options, clock);

    private Task SignAsync() => _installed.App.Services.GetRequiredService<Checkpoints>().SignDueAsync(TimeSpan.Zero, Ct);

    private Task<int> TamperAsync(string sql) => _installed.Database.ReadAsync(db => db.ExecuteAsync($"alter table events disable trigger user; alter table event_checkpoints disable trigger user; {sql}"), Ct);

    /// <returns>The directory that the export was unpacked to.</returns>
    private async Task<string> ExportAsync(string format)
    {
        using var api = _installed.Api();
        using var response = await api.Http.GetAsync(new Uri($"{Audit}/export?format={format}", UriKind.Relative), Ct);
        response.IsSuccessStatusCode.ShouldBeTrue();
        var directory = Path.Combine(_installed.Options.Data, $"export-{format}");
        await using var content = await response.Content.ReadAsStreamAsync(Ct);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, Ct);
        await ZipFile.ExtractToDirectoryAsync(bytes, directory, Ct);
        return directory;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Ct) + await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return output;
    }

    /// <summary>The same clock, set forward.</summary>
    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
