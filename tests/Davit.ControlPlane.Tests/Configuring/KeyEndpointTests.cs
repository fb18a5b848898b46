using Davit.ControlPlane.Tests.People;
using Davit.ControlPlane.Tests.Support;
using Davit.Testing.Postgres;

namespace Davit.ControlPlane.Tests.Configuring;

/// <summary>What operators see of the master keys, and what nobody sees.</summary>
public sealed class KeyEndpointTests(PostgresServer server) : IAsyncLifetime
{
    private Installed _installed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _installed = await Installed.StartAsync(server, Ct);

    public ValueTask DisposeAsync() => _installed.DisposeAsync();

    [Fact]
    public async Task A_rotation_wraps_every_key_anew_and_answers_hold_no_key()
    {
        using var api = _installed.Api();
        (await api.PutAsync("/v1/orgs/default/secrets/KEY", """{"value":"it stays readable"}""", Ct)).ShouldBe(200);
        var before = (await api.GetAsync("/v1/server/keys", Ct)).ShouldBe(200).Json;
        ((int)before["left"]!, (int)before["dataKeys"]!, (string)before["items"]![0]!["state"]!).ShouldBe((0, 1, "present"));

        var rotated = (await api.PostAsync("/v1/server/keys/rotations", "{}", Ct)).ShouldBe(200);

        var items = rotated.Value["items"]!.AsArray().Select(i => ((int)i!["wraps"]!, (string)i["state"]!)).ToList();
        items.ShouldBe([(0, "unused"), (1, "present")]);
        ((DateTimeOffset)rotated.Value["lastWrappedAt"]!).ShouldBeGreaterThan((DateTimeOffset)before["lastWrappedAt"]!);
        foreach (var file in Directory.EnumerateFiles(_installed.Options.Keys, "master-*.key"))
        {
            var key = await File.ReadAllBytesAsync(file, Ct);
            rotated.Text.ShouldNotContain(Convert.ToBase64String(key)[..16]);
            rotated.Text.ShouldNotContain(Convert.ToHexStringLower(key)[..16]);
        }

        (await api.GetAsync("/v1/orgs/default/events?limit=200", Ct)).ShouldBe(200).Text.ShouldContain("key.rotated");
    }

    [Fact]
    public async Task Owners_of_orgs_neither_see_nor_turn_them()
    {
        using var api = _installed.Api((await Staff.JoinAsync(_installed, _installed.Token, "owner", Ct)).Token);

        (await api.GetAsync("/v1/server/keys", Ct)).ShouldBeProblem(403, "DV4003");
        (await api.PostAsync("/v1/server/keys/rotations", "{}", Ct)).ShouldBeProblem(403, "DV4003");
        Directory.EnumerateFiles(_installed.Options.Keys, "master-*.key").Count().ShouldBe(1);
    }
}
