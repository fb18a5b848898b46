using Davit.Testing.Fuzzing;

namespace Davit.Manifest.Tests.Fuzzing;

/// <summary>Files that nobody wrote: each is a manifest or has faults that a person can read, in a moment.</summary>
public sealed class ManifestFuzzTests
{
    private const string Compose = """
        name: shop
        services:
          web:
            build: {context: ., args: [A=1]}
            image: "shop:${TAG:-1}"
            ports: ["8080:80", {target: 81, published: "9000-9001"}]
            environment: {A: "1", B: }
            env_file: [a.env]
            depends_on: {db: {condition: service_healthy}}
            healthcheck: {test: [CMD, "true"], interval: 5s, retries: 3}
            deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 64M}}}
            volumes: ["data:/data:ro", type: tmpfs]
            command: sh -c 'echo $$HOME'
          db: &db
            image: postgres:15
            user: "70"
            extends: {service: base}
          base: {image: x, profiles: [p]}
          copy:
            <<: *db
            networks: [back]
        volumes: {data: {}}
        networks: {back: {driver: bridge, ipam: {config: [{subnet: 10.0.0.0/24}]}}}
        configs: {c: {content: hi}}
        secrets: {s: {environment: S}}
        """;

    private const string Davit = """
        davit: 1
        app: shop
        services:
          web:
            kind: web
            scale: 2
            routes: [{host: shop.example, path: /, port: 80}]
            health: {http: /ready, interval: 1s, deadline: 30s}
            release: {command: [./migrate], timeout: 60s}
            rollout: {strategy: rolling}
            schedule: "*/5 * * * *"
        environments:
          production: {services: {web: {scale: 3}}, variables: {A: "2"}}
        """;

    private static readonly string[] Words =
    [
        "\n", "  ", ": ", "- ", "{", "}", "[", "]", "&a", "*a", "<<: *db", "!!binary ", "!!float .inf", "|\n", ">-\n", "---\n", "%YAML 1.1\n", "? ", "${A}", "${A:-${B:?x}}", "$$", "~", "null", "0o17", "1_000", "y", "2001-01-01", "\"", "'", "#", "\t",
        "services:", "image:", "build:", "extends:", "include:", "ports:", "0-65535", "1ns", "99999999999h", "1e400", "healthcheck:", "!reset null", "!override", "x-a:", "profiles:", "health:", "routes:", "environments:", "scale: -1",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_compose_file_is_a_model_or_has_faults() => new Fuzz(Compose, "services: {a: {image: x}}\n", "include: [b.yaml]\nservices:\n  a:\n    image: ${X}\n") { Words = Words, AtOnce = Environment.ProcessorCount }.RunAsync(
        input => Judge(new MemorySourceTree("/up/shop").With("compose.yaml", input).With("b.yaml", "services: {b: {image: y}}\n").With("a.env", "A=1\n"), LoadMode.Compose),
        Ct);

    [Fact]
    public Task A_davit_file_is_a_manifest_or_has_faults() => new Fuzz(Davit, "davit: 1\nservices: {web: {routes: [{}]}}\n", "davit: 1\napp: a\n") { Words = Words, AtOnce = Environment.ProcessorCount }.RunAsync(
        input => Judge(new MemorySourceTree("/up/shop").With("compose.yaml", "services: {web: {image: x, ports: ['80']}}\n").With("davit.yaml", input), LoadMode.Davit),
        Ct);

    [Fact]
    public Task A_file_of_variables_is_read_or_has_a_fault() => new Fuzz("A=1\nexport B='two'\nC=\"${A}-x\\n\" # c\n\nD=`x`\n", "A: 1\nB=\n", "A='\nlines\n'\n") { Words = ["=", "export ", "\"", "'", "${A:-", "}", "\\n", "#", "\n", ": ", "\ufeff", "$"], AtOnce = Environment.ProcessorCount }.RunAsync(
        input => Judge(new MemorySourceTree("/up/shop").With("compose.yaml", "services: {web: {image: x, env_file: v.env}}\n").With(".env", input).With("v.env", input), LoadMode.Compose),
        Ct);

    private static void Judge(MemorySourceTree tree, LoadMode mode)
    {
        var result = ManifestLoader.LoadAll(new LoadRequest { Source = tree, Mode = mode });

        (result.Manifest is not null || result.Faults.Any(f => f.Severity is Model.Severity.Error)).ShouldBeTrue("neither accepted nor refused");
        foreach (var fault in result.Faults)
            fault.Message.Any(char.IsControl).ShouldBeFalse($"a fault of more than one line: {fault.Message}");
        if (result.Manifest is { } manifest)
            CanonicalManifest.Hash(CanonicalManifest.Parse(CanonicalManifest.Json(manifest))).ShouldBe(CanonicalManifest.Hash(manifest));
    }
}
