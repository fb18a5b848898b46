namespace Davit.Manifest.Tests.Validation;

/// <summary>One small app per name a problem can have.</summary>
internal static class RefusalFixtures
{
    private const string Web = "services: {a: {image: x}}\n";

    /// <summary>Names that need more than files, with the test that holds them.</summary>
    public static readonly string[] Elsewhere = ["manifest-invalid", "secret-in-text", "service-unknown", "environment-unknown"];

    public static readonly (string Name, (string Path, string Text)[] Files)[] All =
    [
        ("nothing-to-deploy", []),
        Compose("manifest-file-missing", "services: {a: {image: x, configs: [c]}}\nconfigs: {c: {file: none}}\n"),
        Compose("path-outside-app", "services: {a: {build: ../other}}\n"),
        Compose("manifest-too-large", "x-deep: " + new string('[', 70) + new string(']', 70) + "\n"),
        ("two-manifests", [("davit.yaml", "davit: 1\n"), ("davit.yml", "davit: 1\n"), ("compose.yaml", Web)]),
        ("several-compose-files", [("compose.yml", Web), ("docker-compose.yml", Web)]),
        Compose("yaml-syntax", "services: {\n"),
        Compose("yaml-encoding", "services: \0\n"),
        Compose("duplicate-key", "services: {a: {image: x, image: y}}\n"),
        Compose("key-not-text", "services: {[1]: {image: x}}\n"),
        Compose("merge-key-invalid", "services: {a: {<<: 1}}\n"),
        Compose("alias-cycle", "services: &s {a: {image: x, labels: *s}}\n"),
        Compose("unknown-tag", "services: {a: {image: !x y}}\n"),
        Compose("several-documents", "a: 1\n---\nb: 1\n"),
        Compose("not-a-mapping", "- a\n"),
        Compose("variable-unset", "services: {a: {image: $X}}\n"),
        Compose("variable-required", "services: {a: {image: '${X:?}'}}\n"),
        Compose("template-invalid", "services: {a: {image: '${'}}\n"),
        ("value-not-convertible", [("compose.yaml", "services: {a: {image: x, scale: $N}}\n"), (".env", "N=many\n")]),
        Compose("env-file-missing", "services: {a: {image: x, env_file: none.env}}\n"),
        ("env-file-syntax", [("compose.yaml", Web), (".env", "A='1\n")]),
        Compose("include-remote", "include: ['https://example.com/x.git']\nservices: {a: {image: x}}\n"),
        Compose("include-cycle", "include: [compose.yaml]\nservices: {a: {image: x}}\n"),
        ("include-conflict", [("compose.yaml", "include: [more.yaml]\nservices: {a: {image: x}}\n"), ("more.yaml", "services: {a: {image: y}}\n")]),
        Compose("extends-unknown", "services: {a: {extends: b}}\n"),
        Compose("extends-cycle", "services: {a: {extends: b}, b: {extends: a}}\n"),
        ("merge-conflict", [("compose.yaml", "services: {a: {image: x, develop: {watch: [{path: ., action: sync, target: /}]}}}\n"), ("compose.override.yaml", "services: {a: {develop: 1}}\n")]),
        Compose("unknown-key", "servces: {}\n"),
        Compose("wrong-type", "services: {a: {image: [x]}}\n"),
        App("missing-key", "release: [{service: a, command: [m]}]\n"),
        Compose("value-not-allowed", "services: {a: {image: x, volumes: [{type: disk, target: /x}]}}\n"),
        App("value-out-of-range", "services: {a: {health: {path: /, failures: 0}}}\n"),
        Compose("duplicate-item", "services: {a: {image: x, security_opt: [a, a]}}\n"),
        Compose("port-invalid", "services: {a: {image: x, ports: ['x:y']}}\n"),
        Compose("mount-invalid", "services: {a: {image: x, volumes: [{source: vol}]}}\n"),
        Compose("value-invalid", "services: {a: {image: x, mem_limit: much}}\n"),
        App("name-invalid", "app: 'Not A Name'\n"),
        Compose("keys-conflict", "services: {a: {image: x}}\nvolumes: {vol: {external: true, driver: local}}\n"),
        Compose("unknown-reference", "services: {a: {image: x, networks: [none]}}\n"),
        Compose("dependency-cycle", "services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}\n"),
        Compose("service-without-image", "services: {a: {command: x}}\n"),
        Compose("values-contradict", "services: {a: {image: x, network_mode: host, networks: [default]}}\n"),
        Compose("dependency-disabled", "services: {a: {image: x, depends_on: [b]}, b: {image: x, profiles: [p]}}\n"),
        Compose("driver-limited-key", "services: {a: {image: x, cpuset: '0'}}\n"),
        Compose("needs-capability", "services: {a: {image: x, privileged: true}}\n"),
        Compose("key-without-effect", "services: {a: {image: x, container_name: cc}}\n"),
        Compose("key-refused", "services: {a: {image: x, cpu_count: 1}}\n"),
        ("secret-from-file", [("compose.yaml", "services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {file: s}}\n"), ("s", "1")]),
        Compose("mount-converted", "services: {a: {image: x, volumes: ['./data:/data']}}\n"),
        Compose("port-converted", "services: {a: {image: x, ports: ['80:80']}}\n"),
        Compose("mount-target-refused", "services: {a: {image: x, volumes: ['vol:/proc']}}\nvolumes: {vol: }\n"),
        Compose("update-config-refused", "services: {a: {image: x, deploy: {update_config: {failure_action: continue}}}}\n"),
        ("manifest-version", [("compose.yaml", Web), ("davit.yaml", "davit: 2\n")]),
        App("given-twice", "services: {a: {image: y}}\n"),
        App("kind-contradiction", "services: {a: {kind: stateful}}\n"),
        App("route-invalid", "routes: [{service: b}]\n"),
        App("health-invalid", "services: {a: {health: {path: x, port: 1}}}\n"),
        App("scale-invalid", "services: {a: {scale: 1000}}\n"),
        Compose("replicas-on-volume", "services: {a: {image: x, scale: 2, volumes: ['vol:/vol']}}\nvolumes: {vol: }\n"),
        Compose("memory-too-small", "services: {a: {image: x, mem_limit: 1m}}\n"),
        App("schedule-invalid", "services: {a: {kind: job, schedule: '61 * * * *'}}\n"),
        App("overlay-unknown", "environments: {e: {services: {b: {scale: 1}}}}\n"),
        App("release-command-invalid", "release: [{name: m, service: b, command: [m]}]\n"),
        App("static-invalid", "services: {s: {kind: static}}\n"),
        Compose("kind-derived", Web),
        Compose("stop-first", "services: {a: {image: x, volumes: ['vol:/vol']}}\nvolumes: {vol: }\n"),
        Compose("compose-note", "version: '3'\nservices: {a: {image: x}}\n"),
    ];

    private static (string, (string, string)[]) Compose(string name, string text) => (name, [("compose.yaml", text)]);

    private static (string, (string, string)[]) App(string name, string davit) => (name, [("compose.yaml", Web), ("davit.yaml", "davit: 1\n" + davit)]);
}
