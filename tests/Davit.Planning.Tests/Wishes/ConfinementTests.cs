using Davit.Manifest;
using Davit.Planning.Wishes;

namespace Davit.Planning.Tests.Wishes;

public sealed class ConfinementTests
{
    [Theory]
    [InlineData("volumes: ['/etc:/etc:ro']", "", "runtime:host-path")]
    [InlineData("volumes: [{ type: bind, source: /srv, target: /srv }]", "", "runtime:host-path")]
    [InlineData("volumes: ['/var/run/docker.sock:/var/run/docker.sock']", "", "runtime:engine-socket")]
    [InlineData("privileged: true", "", "runtime:privileged")]
    [InlineData("post_start: [{ command: [x], privileged: true }]", "", "runtime:privileged")]
    [InlineData("network_mode: host", "", "runtime:host-network")]
    [InlineData("pid: host", "", "runtime:host-network")]
    [InlineData("ipc: host", "", "runtime:host-network")]
    [InlineData("cap_add: [SYS_ADMIN]", "", "runtime:capabilities")]
    [InlineData("devices: ['/dev/kvm:/dev/kvm']", "", "runtime:capabilities")]
    [InlineData("security_opt: ['seccomp=unconfined']", "", "runtime:capabilities")]
    [InlineData("volumes: ['data:/v']", "volumes: { data: { driver_opts: { type: none, o: bind, device: /etc } } }", "runtime:host-path")]
    [InlineData("volumes: ['data:/v']", "volumes: { data: { external: true, name: somebodys } }", "runtime:host-path")]
    [InlineData("networks: [n]", "networks: { n: { external: true, name: somebodys } }", "runtime:host-network")]
    public void What_reaches_the_host_or_another_tenant_needs_a_permission(string keys, string more, string permission) =>
        Confinement.Of(App(keys, more)).ShouldHaveSingleItem().Permission.ShouldBe(permission);

    [Theory]
    [InlineData("volumes: ['data:/v']", "volumes: { data: {} }")]
    [InlineData("cap_drop: [ALL]\nread_only: true\nsecurity_opt: ['no-new-privileges:true']", "")]
    [InlineData("sysctls: { net.core.somaxconn: 1024 }\nuser: '1000'", "")]
    [InlineData("tmpfs: [/tmp]\nnetworks: [n]", "networks: { n: {} }")]
    public void What_stays_inside_needs_none(string keys, string more) => Confinement.Of(App(keys, more)).ShouldBeEmpty();

    private static AppManifest App(string keys, string more)
    {
        var service = string.Join('\n', keys.Split('\n').Select(k => $"    {k}"));
        var tree = new MemorySourceTree("/app").With("compose.yaml", $"services:\n  s:\n    image: a:1\n{service}\n{more}\n");
        var result = ManifestLoader.Load(new LoadRequest { Source = tree, ProjectName = "app" });
        return result.Manifest ?? throw new InvalidOperationException(string.Join('\n', result.Faults));
    }
}
