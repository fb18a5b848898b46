namespace Davit.Manifest.Tests.App;

/// <summary>An app that uses most of what a manifest can say.</summary>
public sealed class WholeAppTests
{
    private const string Compose = """
        services:
          web: {build: ., expose: ["8080"], depends_on: {db: {condition: service_healthy}}}
          importer: {build: ., command: [shop, import]}
          db:
            image: postgres:16
            expose: ["5432"]
            volumes: ["pictures:/var/lib/postgresql/data"]
            healthcheck: {test: pg_isready, interval: 5s}
        volumes: {pictures: }

        """;

    private const string Davit = """
        davit: 1
        app: shop
        services:
          web:      { kind: web, port: 8080, health: { path: /ready }, rollout: { strategy: canary }, scale: { min: 2 } }
          importer: { kind: job, schedule: "0 3 * * *", concurrency: forbid, deadline: 30m }
          site:     { kind: static, directory: dist, spa: true, headers: [{ match: "/assets/*", cache-control: "public, max-age=31536000, immutable" }] }
        routes:
          - { host: shop.example, service: site }
          - { host: shop.example, path: /api, strip: true, service: web, timeout: 30s }
          - { kind: tcp, listen: 5432, service: db, port: 5432 }
        release:
          - { name: migrate, service: web, command: [shop, migrate], when: before, deadline: 10m, backward: true }
        checks:   [{ name: cart, http: { path: /api/cart, expect: 200 } }]
        volumes:  { pictures: { size: 2Gi, backup: { every: 24h, keep: 14 } } }
        variables: { REGION: { type: enum, values: [eu, us], default: eu } }
        secrets: { required: [DB_URL] }
        environments:
          production: { driver: swarm, services: { web: { scale: { min: 4 } } } }
          staging:    { routes: [{ host: staging.shop.example, service: site }] }

        """;

    private static AppManifest Bare { get; } = Shop.Load(("compose.yaml", Compose), ("davit.yaml", Davit)).Accepted();

    [Fact]
    public void Services_have_their_kinds() =>
        Bare.Services.Values.Select(s => $"{s.Name} {s.Kind}").ShouldBe(["db Stateful", "importer Job", "site Static", "web Web"]);

    [Fact]
    public void Routes_are_sorted_and_typed() =>
        Bare.Routes.Select(r => $"{r.Kind} {r.Host} {r.Path} {r.Service} {r.Port} {r.Listen}").ShouldBe([
            "Http shop.example / site  ", "Http shop.example /api web 8080 ", "Tcp  / db 5432 5432",
        ]);

    [Fact]
    public void A_job_has_its_schedule() => Bare.Services["importer"].Schedule.ShouldBe(new ScheduleSpec("0 3 * * *") { Deadline = TimeSpan.FromMinutes(30) });

    [Fact]
    public void A_static_service_has_its_headers() =>
        Bare.Services["site"].Static!.Headers.ShouldHaveSingleItem().Headers["cache-control"].ShouldBe("public, max-age=31536000, immutable");

    [Fact]
    public void A_release_command_knows_when_it_runs()
    {
        var command = Bare.Release.ShouldHaveSingleItem();
        (command.Name, command.When, command.IsBackward, command.Deadline).ShouldBe(("migrate", ReleaseMoment.Before, true, TimeSpan.FromMinutes(10)));
        Bare.Checks.ShouldHaveSingleItem().Probe.ShouldBeOfType<CheckProbe.Http>().Expect.ShouldBe([new StatusRange(200, 200)]);
    }

    [Fact]
    public void What_the_environment_must_bring_is_listed()
    {
        Bare.RequiredSecrets.ShouldBe(["DB_URL"]);
        Bare.Variables["REGION"].IsRequired.ShouldBeFalse();
    }

    [Fact]
    public void Each_environment_has_its_own_effective_manifest()
    {
        var production = For("production");
        (production.Driver, production.Services["web"].Scale.Min).ShouldBe(("swarm", 4));
        For("staging").Routes.Select(r => $"{r.Host} {r.Service} {r.IsDerived}").ShouldBe([" web True", "staging.shop.example site False"]);
    }

    [Fact]
    public void A_canary_has_steps_unless_they_are_given() =>
        Bare.Services["web"].Rollout.Steps.Select(s => s.Percent).ShouldBe([5, 25, 50, 100]);

    private static AppManifest For(string environment) =>
        ManifestLoader.Load(new LoadRequest { Source = Shop.Tree(("compose.yaml", Compose), ("davit.yaml", Davit)), Environment = environment }).Accepted();
}
