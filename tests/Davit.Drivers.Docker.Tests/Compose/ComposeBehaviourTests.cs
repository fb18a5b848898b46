using Davit.Drivers.Docker.Tests.Compliance;
using Davit.Drivers.Docker.Tests.Engines;
using Davit.Drivers.Logs;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Tests.Compose;

/// <summary>What a Compose file says, as a process inside the instance finds it.</summary>
public sealed class ComposeBehaviourTests : IAsyncDisposable
{
    private readonly DockerBed _bed = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData("a value with quotes", "environment: { V: '\"a\" ''b'' $$c #d' }", "printf %s \"$V\"", "\"a\" 'b' $c #d")]
    [InlineData("limits of memory", "mem_limit: 64m", "cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max", "67108864")]
    [InlineData("limits of processes", "pids_limit: 40", "cat /sys/fs/cgroup/pids/pids.max 2>/dev/null || cat /sys/fs/cgroup/pids.max", "40")]
    [InlineData("open files", "ulimits: { nofile: { soft: 200, hard: 400 } }", "ulimit -Sn; ulimit -Hn", "200\n400")]
    [InlineData("shared memory", "shm_size: 8m", "df -k /dev/shm | tail -n 1 | awk '{ print $2 }'", "8192")]
    [InlineData("a small tmpfs", "tmpfs: ['/scratch:size=4m,mode=700']", "df -k /scratch | tail -n 1 | awk '{ print $2 }'; stat -c %a /scratch", "4096\n700")]
    [InlineData("a read-only root", "read_only: true", "touch /x 2>/dev/null; echo $?", "1")]
    [InlineData("no capabilities", "cap_drop: [ALL]", "grep CapEff /proc/self/status | awk '{ print $2 }'", "0000000000000000")]
    [InlineData("no new privileges", "security_opt: ['no-new-privileges:true']", "grep NoNewPrivs /proc/self/status | awk '{ print $2 }'", "1")]
    [InlineData("a kernel setting", "sysctls: { net.core.somaxconn: 1024 }", "cat /proc/sys/net/core/somaxconn", "1024")]
    [InlineData("host names", "extra_hosts: ['reef:10.0.0.9']", "grep reef /etc/hosts | awk '{ print $1 }'", "10.0.0.9")]
    [InlineData("name servers", "dns: [10.0.0.53]\n    dns_search: [sea.example]\n    network_mode: bridge", "grep -v '^#' /etc/resolv.conf | sort", "nameserver 10.0.0.53\nsearch sea.example")]
    [InlineData("groups", "user: '1000:1001'\n    group_add: ['12']", "id -G", "1001 12")]
    [InlineData("a device", "devices: ['/dev/null:/dev/extra:rw']", "test -c /dev/extra && echo yes", "yes")]
    [InlineData("an init", "init: true", "cat /proc/1/comm", "docker-init")]
    [InlineData("no network", "network_mode: none", "ls /sys/class/net", "lo")]
    [InlineData("an adjusted score", "oom_score_adj: 100", "cat /proc/self/oom_score_adj", "100")]
    [InlineData("half a processor", "cpus: 0.5", "cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null || cut -d' ' -f1 /sys/fs/cgroup/cpu.max", "50000")]
    [InlineData("one processor of several", "cpuset: '0'", "grep Cpus_allowed_list /proc/self/status | awk '{ print $2 }'", "0")]
    [InlineData("a config", "configs: [{ source: c, target: /etc/c.conf, mode: 0440, uid: '7' }]", "cat /etc/c.conf; stat -c '%a %u' /etc/c.conf", "ahoy\n440 7")]
    [InlineData("a secret", "secrets: [s]\n    user: '1000:1001'", "cat /run/secrets/s; echo; stat -c '%a %u' /run/secrets/s", "value of secret/s\n400 1000")]
    public async Task A_process_finds_what_the_file_says(string what, string keys, string script, string expected)
    {
        var driver = _bed.Open();
        var composed = new ComposedApp(_bed, driver);
        var file = $"services:\n  s:\n    image: {DockerBed.Shell}\n    entrypoint: [sh, -c]\n    command: ['exit 0']\n    {keys}\nconfigs: {{ c: {{ content: \"ahoy\\n\" }} }}\nsecrets: {{ s: {{ external: true }} }}\n";
        var wish = await composed.WishAsync(ComposedApp.Load(new Dictionary<string, string>(StringComparer.Ordinal) { ["compose.yaml"] = file }), Ct);
        await composed.PrepareAsync(wish, Ct);
        var spec = composed.Spec(wish, "s");
        var lines = new List<string>();

        var outcome = await driver.RunToEndAsync(spec with { Process = spec.Process with { Command = [script] }, Restart = RestartPolicy.Never }, Keep, Ct);

        outcome.ExitCode.ShouldBe(0, what);
        string.Join('\n', lines).TrimEnd('\n').ShouldBe(expected, what);

        ValueTask Keep(LogLine line, CancellationToken ct)
        {
            lines.Add(line.Text);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task Services_find_each_other_by_every_name_the_file_gives_them()
    {
        var driver = _bed.Open();
        var composed = new ComposedApp(_bed, driver);
        var file = $$"""
            services:
              db: { image: {{DockerBed.Shell}}, command: [sleep, "86400"], init: true, container_name: the-db, networks: { back: { aliases: [store] } } }
              web: { image: {{DockerBed.Shell}}, command: [sleep, "86400"], init: true, links: ["db:database"], networks: [back] }
            networks: { back: {} }
            """;
        var wish = await composed.WishAsync(ComposedApp.Load(new Dictionary<string, string>(StringComparer.Ordinal) { ["compose.yaml"] = file }), Ct);
        await composed.PrepareAsync(wish, Ct);
        var db = composed.Spec(wish, "db");
        await driver.CreateInstanceAsync(db, Ct);
        var address = (await driver.StartInstanceAsync(db.Name, Ct)).Addresses.ShouldHaveSingleItem().Ipv4;
        var web = composed.Spec(wish, "web");
        var lines = new List<string>();

        await driver.RunToEndAsync(
            web with { Process = web.Process with { Command = ["sh", "-c", $"for n in db the-db store database; do nslookup $n | grep -q ' {address}$' && echo $n; done; true"] }, Restart = RestartPolicy.Never },
            (line, _) =>
            {
                lines.Add(line.Text);
                return ValueTask.CompletedTask;
            },
            Ct);

        lines.ShouldBe(["db", "the-db", "store", "database"]);
    }

    [Fact]
    public async Task A_network_has_the_addresses_the_file_asks_for()
    {
        var driver = _bed.Open();
        var composed = new ComposedApp(_bed, driver);
        var third = 16 + (Convert.ToInt32(Davit.Model.Id.Tail(_bed.Owner.Installation)[^2..], 16) % 200);
        var file = $$"""
            services:
              s: { image: {{DockerBed.Shell}}, command: [sleep, "86400"], init: true, networks: { n: { ipv4_address: 10.213.{{third}}.9 } } }
            networks:
              n: { ipam: { config: [{ subnet: 10.213.{{third}}.0/24, gateway: 10.213.{{third}}.77, ip_range: 10.213.{{third}}.128/25, aux_addresses: { other: 10.213.{{third}}.130 } }] } }
            """;
        var wish = await composed.WishAsync(ComposedApp.Load(new Dictionary<string, string>(StringComparer.Ordinal) { ["compose.yaml"] = file }), Ct);
        await composed.PrepareAsync(wish, Ct);
        var spec = composed.Spec(wish, "s");

        await driver.CreateInstanceAsync(spec, Ct);
        var sight = await driver.StartInstanceAsync(spec.Name, Ct);

        sight.Addresses.ShouldHaveSingleItem().Ipv4.ShouldBe($"10.213.{third}.9");
        using var http = EngineHttp.Client(_bed.Endpoint);
        var network = await http.GetStringAsync(new Uri($"/networks/{wish.Networks[0].Name}", UriKind.Relative), Ct);
        network.ShouldContain($"\"Gateway\":\"10.213.{third}.77\"");
        network.ShouldContain($"\"IPRange\":\"10.213.{third}.128/25\"");
        network.ShouldContain($"10.213.{third}.130");
    }
}
