using System.Text;
using Davit.Planning.Instances;

namespace Davit.Drivers.Compliance;

/// <summary>What the process finds: arguments, environment, user, limits.</summary>
public abstract class ProcessCompliance : DriverCompliance
{
    public static TheoryData<string> HostileValues =>
    [
        "plain", "", " leading and trailing ", "single ' and double \" quotes", "$HOME ${HOME} $(id) `id`", "line one\nline two\n\nline four",
        "tab\tand\rreturn", "#no comment", "{\"json\": [1, \"two\"]}", "back\\slash \\n \\", "ÄÖÜ € 漢字 🚢 \u202e", "a=b=c", "; rm -rf / &", "%s %d %%", "\u0001\u001b[31m",
    ];

    [Theory]
    [MemberData(nameof(HostileValues))]
    public async Task Environment_values_arrive_byte_for_byte(string value)
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        spec = spec with { Process = spec.Process with { Command = ["cat", "/proc/self/environ"], Environment = EquatableMap.Of(("SUBJECT", value)), Init = false } };

        var (_, output, _) = await OneOffAsync(spec);

        var subject = Encoding.UTF8.GetString(output).Split('\0').Single(v => v.StartsWith("SUBJECT=", StringComparison.Ordinal));
        subject["SUBJECT=".Length..].ShouldBe(value);
    }

    [Theory]
    [MemberData(nameof(HostileValues))]
    public async Task Arguments_arrive_byte_for_byte(string value)
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Idles());
        spec = spec with { Process = spec.Process with { Command = ["sh", "-c", "printf '<%s>' \"$1\"", "sh", value], Init = false } };

        (await OutputOfAsync(spec)).ShouldBe($"<{value}>");
    }

    [Fact]
    public async Task User_directory_and_hostname_are_as_asked()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("echo $(id -u):$(id -g) $(pwd) $(hostname)"));
        spec = spec with
        {
            Process = spec.Process with { User = "1234:4321", WorkingDirectory = "/tmp" },
            Connectivity = spec.Connectivity with { Hostname = "boat" },
        };

        (await OutputOfAsync(spec)).ShouldBe("1234:4321 /tmp boat");
    }

    [Fact]
    public async Task Memory_cpu_and_process_limits_are_in_force()
    {
        Needs(DriverCapabilities.RealProcesses | DriverCapabilities.ResourceLimits);
        var spec = Bed.Spec(new Workload.Script(
            "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null; cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us 2>/dev/null || cut -d' ' -f1 /sys/fs/cgroup/cpu.max; cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null; true"));
        spec = spec with { Resources = new() { MemoryBytes = 64 << 20, NanoCpus = 500_000_000, PidsLimit = 50 } };

        (await OutputOfAsync(spec)).ShouldBe("67108864\n50000\n50");
    }

    [Fact]
    public async Task A_fork_bomb_stays_inside_its_limit()
    {
        Needs(DriverCapabilities.RealProcesses | DriverCapabilities.ResourceLimits);
        var spec = Bed.Spec(new Workload.Script("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 1 & done; wait"));
        spec = spec with { Resources = new() { PidsLimit = 10 } };

        var (_, _, errors) = await OneOffAsync(spec);

        errors.ShouldContain("fork");
    }

    [Fact]
    public async Task Ulimits_are_in_force()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("ulimit -n; ulimit -Hn"));
        spec = spec with { Resources = new() { Ulimits = [new("nofile", 512, 1024)] } };

        (await OutputOfAsync(spec)).ShouldBe("512\n1024");
    }

    [Fact]
    public async Task A_read_only_root_cannot_be_written_and_tmpfs_can()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("touch /x 2>/dev/null && echo root; touch /scratch/x && echo scratch; df -k /scratch | tail -1 | awk '{print $2}'"));
        spec = spec with
        {
            Isolation = new() { ReadOnlyRoot = true },
            Mounts = [new MountSpec.Tmpfs("/scratch") { SizeBytes = 1 << 20 }],
        };

        (await OutputOfAsync(spec)).ShouldBe("scratch\n1024");
    }

    [Fact]
    public async Task Capabilities_are_dropped()
    {
        Needs(DriverCapabilities.RealProcesses);
        var spec = Bed.Spec(new Workload.Script("grep CapBnd /proc/self/status | awk '{print $2}'"));

        (await OutputOfAsync(spec with { Isolation = new() { CapDrop = ["ALL"], CapAdd = ["NET_BIND_SERVICE"] } })).ShouldBe("0000000000000400");
    }

    [Fact]
    public async Task Extra_hosts_dns_and_sysctls_are_as_asked()
    {
        Needs(DriverCapabilities.RealProcesses | DriverCapabilities.Networks);
        var spec = On(Bed.Spec(new Workload.Script("grep -c '10.1.2.3.*harbour' /etc/hosts; grep -c 'options.*ndots:3' /etc/resolv.conf; cat /proc/sys/net/ipv4/ip_unprivileged_port_start")), await NetworkAsync());
        spec = spec with
        {
            Connectivity = spec.Connectivity with { ExtraHosts = ["harbour:10.1.2.3"], DnsOptions = ["ndots:3"] },
            Isolation = new() { Sysctls = EquatableMap.Of(("net.ipv4.ip_unprivileged_port_start", "81")) },
        };

        (await OutputOfAsync(spec)).ShouldBe("1\n1\n81");
    }

    [Fact]
    public async Task An_init_reaps_and_a_terminal_is_one()
    {
        Needs(DriverCapabilities.RealProcesses | DriverCapabilities.Terminal);
        var spec = Bed.Spec(new Workload.Script("[ -t 1 ] && echo terminal; cat /proc/1/comm"));

        (await OutputOfAsync(spec with { Process = spec.Process with { Tty = true, Init = true } })).ShouldMatch("^terminal\n(docker-init|tini)$");
    }
}
