using Davit.Manifest.Shapes;
using Davit.Manifest.Validation;
using Davit.Model;

namespace Davit.Manifest.Tests.Validation;

public sealed class KeyClassTests
{
    [Fact]
    public void Every_key_of_the_compose_schema_is_in_exactly_one_class() =>
        KeyClasses.Keys.Order(StringComparer.Ordinal).ShouldBe(ServiceShape.Service.Map!.Known.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("image: x", KeyClass.Honoured)]
    [InlineData("cpuset: '0'", KeyClass.DriverLimited)]
    [InlineData("privileged: true", KeyClass.Capability)]
    [InlineData("network_mode: host", KeyClass.Capability)]
    [InlineData("network_mode: none", KeyClass.DriverLimited)]
    [InlineData("pid: host", KeyClass.Capability)]
    [InlineData("cap_add: [NET_BIND_SERVICE]", KeyClass.Honoured)]
    [InlineData("cap_add: [SYS_ADMIN]", KeyClass.Capability)]
    [InlineData("security_opt: ['no-new-privileges:true']", KeyClass.Honoured)]
    [InlineData("security_opt: ['seccomp:unconfined']", KeyClass.Capability)]
    [InlineData("container_name: cc", KeyClass.Note)]
    [InlineData("logging: {driver: none}", KeyClass.Note)]
    public void A_key_is_told_with_its_class(string key, KeyClass wanted)
    {
        var image = key.StartsWith("image", StringComparison.Ordinal) ? "" : "image: x, ";
        var result = Shop.Load($"services: {{a: {{{image}{key}}}}}\n");
        result.Accepted();
        result.Keys.Single(k => k.Key == key.Split(':')[0]).Class.ShouldBe(wanted);
    }

    [Theory]
    [InlineData("volumes_from: [b]", "name the volumes under volumes")]
    [InlineData("external_links: [b]", "use a network or a route")]
    [InlineData("network_mode: 'container:x'", "use service:NAME")]
    [InlineData("isolation: hyperv", "Windows")]
    [InlineData("credential_spec: {file: x}", "use secrets")]
    public void A_refused_key_says_what_to_use(string key, string instead)
    {
        var lines = Shop.Load($"services: {{a: {{image: x, {key}}}, b: {{image: x}}}}\n").Refused();
        lines.ShouldHaveSingleItem().ShouldContain("key-refused");
        lines[0].ShouldContain(instead);
    }

    [Fact]
    public void Going_on_after_a_failed_update_has_no_counterpart() =>
        Shop.Load("services: {a: {image: x, deploy: {update_config: {failure_action: continue}}}}\n").Refused().ShouldHaveSingleItem().ShouldContain("update-config-refused");

    [Fact]
    public void The_report_lists_every_used_key_once()
    {
        var result = Shop.Load("services: {a: {image: x, container_name: cc, cpuset: '0'}}\n");
        ManifestReport.Keys(result).ShouldBe([
            "note           services.a.container_name — it is kept as an alias on the app's networks",
            "driver-limited services.a.cpuset",
            "honoured       services.a.image",
            "honoured       services.a.networks",
        ]);
        ManifestReport.Summary(result).ShouldStartWith("0 errors, 0 warnings, ");
    }

    [Fact]
    public void Notes_point_at_the_key() =>
        Shop.Load("services:\n  a:\n    image: x\n    container_name: cc\n").Notes(ManifestProblems.WithoutEffect).ShouldHaveSingleItem().ShouldStartWith("compose.yaml:4:5 ");
}
