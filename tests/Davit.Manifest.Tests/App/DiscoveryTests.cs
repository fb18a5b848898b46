using Davit.Model;

namespace Davit.Manifest.Tests.App;

public sealed class DiscoveryTests
{
    private const string Compose = "services: {web: {image: nginx}}\n";

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.yml")]
    [InlineData("docker-compose.yaml")]
    [InlineData("docker-compose.yml")]
    public void A_compose_file_of_a_usual_name_is_an_app_named_after_the_directory(string name)
    {
        var result = Shop.Load((name, Compose));
        result.Accepted().Name.ShouldBe("shop");
        result.Discovery.ShouldContain(name);
    }

    [Fact]
    public void Two_candidates_take_the_first_and_say_so()
    {
        var result = Shop.Load(("compose.yaml", Compose), ("docker-compose.yml", "services: {other: {image: x}}\n"));
        result.Accepted().Services.Keys.ShouldBe(["web"]);
        result.Notes(ManifestProblems.SeveralCandidates).ShouldHaveSingleItem().ShouldContain("compose.yaml, docker-compose.yml");
    }

    [Fact]
    public void An_override_file_is_laid_over_its_own_file() =>
        Shop.Load(("compose.yaml", Compose), ("compose.override.yaml", "services: {web: {image: caddy}}\n")).Accepted().Services["web"].Image.ShouldBe("caddy");

    [Fact]
    public void A_dockerfile_alone_is_one_web_service_at_the_port_it_exposes()
    {
        var manifest = Shop.Load(("Dockerfile", "FROM a AS build\nEXPOSE 1\nFROM b\nEXPOSE 53/udp 3000/tcp\n")).Accepted();
        var service = manifest.Services["shop"];
        service.Build!.Context.ShouldBe(".");
        service.Kind.ShouldBe(ServiceKind.Web);
        manifest.Routes.ShouldHaveSingleItem().Port.ShouldBe(3000);
    }

    [Fact]
    public void A_dockerfile_without_a_port_gets_8080_and_a_note()
    {
        var result = Shop.Load(("Dockerfile", "FROM a\n"));
        result.Accepted().Routes.ShouldHaveSingleItem().Port.ShouldBe(8080);
        result.Notes(ManifestProblems.PortConverted).ShouldHaveSingleItem().ShouldStartWith("Dockerfile:1:1");
    }

    [Fact]
    public void A_page_alone_is_one_static_service_on_the_default_host()
    {
        var manifest = Shop.Load(("index.html", "hi")).Accepted();
        manifest.Services["shop"].Static!.Directory.ShouldBe(".");
        manifest.Routes.ShouldHaveSingleItem().Host.ShouldBeNull();
    }

    [Fact]
    public void Services_without_an_image_are_built_when_there_is_a_dockerfile()
    {
        var manifest = Shop.Load(("Dockerfile", "FROM a\n"), ("davit.yaml", "davit: 1\nservices:\n  api: {port: 80, kind: web}\n  work: {kind: worker, command: [w]}\n")).Accepted();
        manifest.Services.Values.ShouldAllBe(s => s.Build!.Context == ".");
        manifest.Routes.ShouldHaveSingleItem().Service.ShouldBe("api");
    }

    [Fact]
    public void An_empty_directory_has_nothing_to_deploy_and_says_what_was_looked_for() =>
        Shop.Load().Refused().ShouldHaveSingleItem().ShouldContain("davit.yaml, davit.yml, compose.yaml");

    [Fact]
    public void Two_manifests_are_refused() =>
        Shop.Load(("davit.yaml", "davit: 1\n"), ("davit.yml", "davit: 1\n"), ("compose.yaml", Compose)).Refused().ShouldHaveSingleItem().ShouldContain("two-manifests");

    [Fact]
    public void The_manifest_names_the_compose_files_and_the_app()
    {
        var manifest = Shop.Load(
            ("davit.yaml", "davit: 1\napp: store\ncompose: [a.yaml, b.yaml]\n"), ("a.yaml", Compose), ("b.yaml", "services: {web: {command: [run]}}\n")).Accepted();
        manifest.Name.ShouldBe("store");
        manifest.Services["web"].Command!.Value.ShouldBe(["run"]);
    }

    [Fact]
    public void The_caller_s_name_wins_over_all() =>
        ManifestLoader.Load(new LoadRequest { Source = Shop.Tree(("compose.yaml", "name: a\n" + Compose), ("davit.yaml", "davit: 1\napp: b\n")), ProjectName = "c" })
            .Accepted().Name.ShouldBe("c");
}
