using Davit.ControlPlane.Tests.Support;
using Davit.Drivers.Memory;

namespace Davit.ControlPlane.Tests;

/// <summary>Everything has an id, and an id alone is enough to find it.</summary>
public sealed class ThingTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_has_an_id_is_found_by_it_and_by_its_last_digits_and_nobody_elses_is()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var image = new MemoryImage($"img{Unique.Digits()}:1");
        server.Installed.World.Add(image);
        var deployment = await shop.DeployAsync(Shop.Image(image.Reference));
        var release = (string)(await shop.LiveAsync(deployment))["release"]!;
        var service = (await shop.ReadyAsync(1))["services"]![0]!;
        var app = (await shop.Http.GetAsync(shop.App, Ct)).ShouldBe(200).Json;
        var route = (await shop.Http.GetAsync($"{shop.Env}/routes", Ct)).ShouldBe(200).Json["items"]![0]!;
        var receipt = (await shop.Http.GetAsync($"/v1/orgs/default/receipts?subject={deployment}", Ct)).ShouldBe(200).Json["items"]![0]!;
        var env = await shop.RowAsync();
        var variable = (await shop.Http.PutAsync($"{shop.App}/variables/A", """{"value":"x"}""", Ct)).ShouldBe(200).Value;
        var secret = (await shop.Http.PutAsync($"{shop.Env}/secrets/B", """{"value":"long enough"}""", Ct)).ShouldBe(200).Value;

        using var stranger = server.Installed.Api(await server.Installed.OtherOrgAsync("o" + Unique.Digits(), Ct));
        foreach (var id in (string[])[(string)app["id"]!, env.Id.ToString(), (string)service["id"]!, (string)service["instances"]![0]!["id"]!, (string)route["id"]!, release, deployment, (string)receipt["id"]!, (string)variable["id"]!, (string)secret["id"]!])
        {
            var found = (await shop.Http.GetAsync($"/v1/orgs/default/things/{id}", Ct)).ShouldBe(200).Json;
            ((string?)found["kind"]).ShouldBe(id[..3]);
            (await shop.Http.GetAsync((string)found["path"]!, Ct)).ShouldBe(200).Json["id"]!.ToString().ShouldBe(id);
            (await shop.Http.GetAsync($"/v1/orgs/default/things/{id[^12..]}", Ct)).ShouldBe(200).Json["id"]!.ToString().ShouldBe(id);
            (await stranger.GetAsync($"/v1/orgs/{env.OrgId}/things/{id}", Ct)).ShouldBeProblem(404, "DV4001");
        }
    }

    [Theory]
    [InlineData("dep_00000000000000000000000000000000", 404, "DV4001")]
    [InlineData("ffffffffffff", 404, "DV4001")]
    [InlineData("abc", 422, "DV4006")]
    [InlineData("no%20id", 422, "DV4006")]
    public async Task What_is_nothing_and_what_is_no_id_are_told_apart(string id, int status, string code)
    {
        using var api = server.Installed.Api();
        (await api.GetAsync($"/v1/orgs/default/things/{id}", Ct)).ShouldBeProblem(status, code);
    }

    [Fact]
    public async Task An_ending_that_several_ids_have_is_refused()
    {
        using var api = server.Installed.Api();
        var org = await server.Installed.OrgAsync(Ct);
        foreach (var half in (string[])["01900000-0000-7000-8000-00000abcdef0", "01900000-0000-7000-8001-00000abcdef0"])
            await server.Installed.Database.WriteAsync(new(org, "tester", "req-0000001", "x"), w => Store.Resources.ProjectTable.InsertAsync(w, new(Guid.Parse(half)), "p" + Unique.Digits(), "", Ct), Ct);

        (await api.GetAsync("/v1/orgs/default/things/abcdef0", Ct)).ShouldBeProblem(409, "DV4019");
    }
}
