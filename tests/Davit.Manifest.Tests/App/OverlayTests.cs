using Davit.Model;

namespace Davit.Manifest.Tests.App;

public sealed class OverlayTests
{
    private const string Compose = "services: {a: {image: x, environment: {A: '1', B: '2'}, ports: ['80:80'], command: [one, two]}, b: {image: x, profiles: [extra]}}\n";

    private const string Davit = """
        davit: 1
        services:
          a: {health: {path: /ok}, scale: {min: 1, max: 3}}
        environments:
          production:
            driver: swarm
            profiles: [extra]
            services:
              a: {scale: {min: 2}, environment: {A: null, C: "3"}, ports: ["443:80"], command: [three], image: "y"}
          staging:
            services:
              a: {health: null}

        """;

    [Fact]
    public void Maps_merge_lists_replace_and_null_removes()
    {
        var manifest = For("production").Accepted();
        var service = manifest.Services["a"];
        service.Image.ShouldBe("y");
        service.Environment.Select(e => $"{e.Key}={e.Value}").ShouldBe(["B=2", "C=3"]);
        service.Command!.Value.ShouldBe(["three"]);
        service.Ports.ShouldHaveSingleItem().Published.ShouldBe("443");
        service.Scale.ShouldBe(new ScaleSpec(2, 3));
        (manifest.Driver, manifest.Environment).ShouldBe(("swarm", "production"));
        manifest.Services.Keys.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Another_environment_differs_only_where_its_overlay_says_so()
    {
        var bare = For(null).Accepted().Services["a"];
        var staging = For("staging").Accepted().Services["a"];
        CanonicalManifest.Hash(staging with { Health = bare.Health }).ShouldBe(CanonicalManifest.Hash(bare));
        staging.Health.Origin.ShouldBe(HealthOrigin.Default);
    }

    [Fact]
    public void The_bare_manifest_knows_its_environments_and_what_differs_in_them()
    {
        var manifest = For(null).Accepted();
        manifest.EnvironmentNames.ShouldBe(["production", "staging"]);
        manifest.Overlays["staging"].ShouldBe("""{"services":{"a":{"health":null}}}""");
    }

    [Fact]
    public void An_environment_without_overlay_is_the_bare_manifest_and_a_near_name_is_asked_about()
    {
        For("test").Accepted().Services["a"].Image.ShouldBe("x");
        For("prodction").Notes(ManifestProblems.EnvironmentUnknown).ShouldHaveSingleItem().ShouldContain("(did you mean production?)");
    }

    [Theory]
    [InlineData("services: {c: {scale: 2}}", "overlay-unknown")]
    [InlineData("services: {a: {scal: 2}}", "unknown-key")]
    [InlineData("volumes: {vol: {size: 1Gi}}", "overlay-unknown")]
    [InlineData("compose: [x.yaml]", "unknown-key")]
    public void An_overlay_of_something_unknown_is_refused(string overlay, string name) =>
        Shop.Load(Compose, $"environments: {{e: {{{overlay}}}}}\n").Refused().ShouldHaveSingleItem().ShouldContain(name);

    [Fact]
    public void What_only_an_overlay_breaks_is_found_without_asking_for_it() =>
        Shop.Load(Compose, "environments: {e: {services: {a: {scale: 500}}}}\n").Refused().ShouldHaveSingleItem().ShouldContain("(environment e)");

    [Fact]
    public void Where_a_value_of_an_overlay_comes_from_can_be_told()
    {
        var origins = For("production").Origins;
        origins.Of("services.a.image").Select(o => (o.Kind, o.Value, o.Via)).ShouldBe([(OriginKind.Overlay, "\"y\"", "environments.production"), (OriginKind.File, "\"x\"", "")]);
        origins.PositionOf("services.a.image")!.File.ShouldBe("davit.yaml");
    }

    [Fact]
    public void An_environment_builds_on_another_root_first()
    {
        var tree = Shop.Tree(("compose.yaml", Compose), ("davit.yaml", "davit: 1\nenvironments:\n  base: {driver: swarm, services: {a: {image: b, command: [c]}}}\n  top: {extends: base, services: {a: {image: t}}}\n"));
        var manifest = ManifestLoader.Load(new LoadRequest { Source = tree, Environment = "top" }).Accepted();
        (manifest.Driver, manifest.Services["a"].Image, manifest.Services["a"].Command!.Value[0]).ShouldBe(("swarm", "t", "c"));
    }

    [Theory]
    [InlineData("{a: {extends: b}, b: {extends: a}}", "a → b → a")]
    [InlineData("{prod: {}, b: {extends: prd}}", "(did you mean prod?)")]
    public void An_environment_cannot_build_on_itself_or_on_nothing(string environments, string says) =>
        Shop.Load(Compose, $"environments: {environments}\n").Refused().ShouldContain(l => l.Contains(says, StringComparison.Ordinal));

    private static LoadResult For(string? environment) =>
        ManifestLoader.Load(new LoadRequest { Source = Shop.Tree(("compose.yaml", Compose), ("davit.yaml", Davit)), Environment = environment });
}
