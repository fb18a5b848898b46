using System.Text;
using Dapper;
using Davit.ControlPlane.Keys;
using Davit.ControlPlane.Tests.Support;
using Davit.Model;
using Davit.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.ControlPlane.Tests.Configuring;

/// <summary>The keys that seal secrets, and what a server says of those that it cannot use.</summary>
public sealed class KeyTests(PostgresServer server) : IAsyncLifetime
{
    private Installed _installed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_installed.Options.Keys, "master-1.key");

    private SecretBox Box => _installed.App.Services.GetRequiredService<SecretBox>();

    public async ValueTask InitializeAsync() => _installed = await Installed.StartAsync(server, Ct);

    public ValueTask DisposeAsync() => _installed.DisposeAsync();

    [Fact]
    public async Task What_is_sealed_opens_only_where_it_belongs()
    {
        var org = await _installed.OrgAsync(Ct);
        var here = new Belongs(org, "env_1", "PASSWORD", 3);
        var whole = await Box.SealAsync(here, "correct horse"u8.ToArray(), Ct);

        (await Box.OpenAsync(here, whole, Ct)).ShouldBe("correct horse"u8.ToArray());
        Encoding.Latin1.GetString(whole).ShouldNotContain("horse");
        whole.ShouldNotBe(await Box.SealAsync(here, "correct horse"u8.ToArray(), Ct), "a nonce is used once");
        foreach (var elsewhere in (Belongs[])[here with { Org = null }, here with { Scope = "env_2" }, here with { Name = "OTHER" }, here with { Version = 4 }])
            await ShouldBeDamagedAsync(elsewhere, whole);
        for (var at = 0; at < whole.Length; at++)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= 1;
            await ShouldBeDamagedAsync(here, flipped);
        }

        await ShouldBeDamagedAsync(here, whole[..^1]);
        await ShouldBeDamagedAsync(here, []);
    }

    [Fact]
    public async Task Digests_are_equal_within_an_org_and_differ_between_orgs()
    {
        var mine = await _installed.OrgAsync(Ct);
        await _installed.OtherOrgAsync("other", Ct);
        var other = OrgId.From(await _installed.Database.ReadAsync(db => db.QuerySingleAsync<Guid>("select id from orgs where name = 'other'"), Ct));

        var digest = await Box.DigestAsync(mine, "value"u8.ToArray(), Ct);
        digest.ShouldBe(await Box.DigestAsync(mine, "value"u8.ToArray(), Ct));
        digest.ShouldNotBe(await Box.DigestAsync(other, "value"u8.ToArray(), Ct));
        digest.ShouldNotBe(CanonicalJson.HashOf("value"u8.ToArray()), "a digest without a key could be found by trying values out");
    }

    [Fact]
    public async Task A_server_makes_its_first_key_for_its_user_alone_and_keeps_it()
    {
        var before = await File.ReadAllBytesAsync(KeyFile, Ct);
        before.Length.ShouldBe(32);
        File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await RestartAsync();
        (await File.ReadAllBytesAsync(KeyFile, Ct)).ShouldBe(before);
    }

    [Theory]
    [InlineData("open", "DV7203")]
    [InlineData("short", "DV7203")]
    [InlineData("zeros", "DV7203")]
    [InlineData("series", "DV7203")]
    [InlineData("text", "DV7203")]
    [InlineData("other", "DV7202")]
    [InlineData("gone", "DV7201")]
    public async Task A_key_that_cannot_be_used_keeps_the_server_from_starting(string fault, string code)
    {
        await Box.SealAsync(new(await _installed.OrgAsync(Ct), "x", "y"), "value!"u8.ToArray(), Ct);
        await _installed.StopServerAsync();
        var good = await File.ReadAllBytesAsync(KeyFile, Ct);
        switch (fault)
        {
            case "open":
                File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
                break;
            case "gone":
                File.Delete(KeyFile);
                break;
            default:
                await File.WriteAllBytesAsync(KeyFile, fault switch
                {
                    "short" => good[..31],
                    "zeros" => new byte[32],
                    "series" => [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
                    "text" => Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"),
                    _ => System.Security.Cryptography.RandomNumberGenerator.GetBytes(32),
                }, Ct);
                break;
        }

        (await Should.ThrowAsync<ProblemException>(_installed.StartServerAsync(Ct))).Problem.Code.ShouldBe(code);
        await _installed.StopServerAsync();

        await File.WriteAllBytesAsync(KeyFile, good, Ct);
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await _installed.StartServerAsync(Ct);
    }

    [Fact]
    public async Task A_rotation_rewraps_every_key_goes_on_where_it_was_cut_off_and_makes_the_old_key_needless()
    {
        var org = await _installed.OrgAsync(Ct);
        var belongs = new Belongs(org, "x", "y");
        var whole = await Box.SealAsync(belongs, "value!"u8.ToArray(), Ct);
        await Box.SealAsync(belongs with { Org = null }, "value!"u8.ToArray(), Ct);
        var rotation = _installed.App.Services.GetRequiredService<KeyRotation>();

        var cutOff = await rotation.BeginAsync(Ct);
        (await rotation.BeginAsync(Ct)).ShouldBe(cutOff, "a rotation that was begun is ended, not begun anew");
        (await rotation.RewrapAsync(cutOff, Ct)).ShouldBe(2);
        (await rotation.RewrapAsync(cutOff, Ct)).ShouldBe(0);
        (await Box.OpenAsync(belongs, whole, Ct)).ShouldBe("value!"u8.ToArray());

        File.Delete(KeyFile);
        await RestartAsync();
        (await Box.OpenAsync(belongs, whole, Ct)).ShouldBe("value!"u8.ToArray());
        (await rotation.BeginAsync(Ct)).ShouldStartWith("mk3-");
    }

    [Fact]
    public async Task A_wrapped_key_in_the_row_of_another_org_does_not_open()
    {
        var mine = await _installed.OrgAsync(Ct);
        var belongs = new Belongs(mine, "x", "y");
        var whole = await Box.SealAsync(belongs, "value!"u8.ToArray(), Ct);
        await Box.SealAsync(belongs with { Org = null }, "value!"u8.ToArray(), Ct);
        await _installed.Database.ReadAsync(db => db.ExecuteAsync("update data_keys set wrapped = (select wrapped from data_keys where org_id is null) where org_id is not null"), Ct);
        await RestartAsync();

        await ShouldBeDamagedAsync(belongs, whole);
    }

    private async Task ShouldBeDamagedAsync(Belongs belongs, byte[] whole) =>
        (await Should.ThrowAsync<ProblemException>(Box.OpenAsync(belongs, whole, Ct))).Problem.Code.ShouldBe("DV7204");

    private async Task RestartAsync()
    {
        await _installed.StopServerAsync();
        await _installed.StartServerAsync(Ct);
    }
}
