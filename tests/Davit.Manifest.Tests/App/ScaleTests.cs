namespace Davit.Manifest.Tests.App;

public sealed class ScaleTests
{
    [Theory]
    [InlineData("{image: x}", "{}", 1, 1)]
    [InlineData("{image: x, scale: 3}", "{}", 3, 3)]
    [InlineData("{image: x, deploy: {replicas: 2}}", "{}", 2, 2)]
    [InlineData("{image: x}", "{scale: 4}", 4, 4)]
    [InlineData("{image: x}", "{scale: {min: 2, max: 5}}", 2, 5)]
    [InlineData("{image: x}", "{scale: {max: 5}}", 1, 5)]
    [InlineData("{image: x, deploy: {replicas: 2}}", "{scale: 0}", 0, 0)]
    public void Instances_come_from_compose_unless_the_manifest_says_more(string service, string own, int min, int max) =>
        Shop.Load($"services: {{a: {service}}}\n", $"services: {{a: {own}}}\n").Accepted().Services["a"].Scale.ShouldBe(new ScaleSpec(min, max));

    [Theory]
    [InlineData("{image: x}", "{scale: 101}", "scale-invalid")]
    [InlineData("{image: x}", "{scale: {min: 3, max: 2}}", "scale-invalid")]
    [InlineData("{image: x, volumes: ['vol:/v']}", "{scale: 2}", "replicas-on-volume")]
    [InlineData("{image: x, volumes: ['vol:/v'], deploy: {replicas: 2}}", "{}", "replicas-on-volume")]
    [InlineData("{image: x, mem_limit: 5m}", "{}", "memory-too-small")]
    [InlineData("{image: x}", "{resources: {memory: 5Mi}}", "memory-too-small")]
    [InlineData("{image: x}", "{resources: {memory: '5'}}", "must be a size such as 256Mi")]
    public void What_cannot_run_is_refused_and_never_clamped(string service, string own, string says) =>
        Shop.Load($"services: {{a: {service}}}\nvolumes: {{vol: }}\n", $"services: {{a: {own}}}\n").Refused().ShouldHaveSingleItem().ShouldContain(says);

    [Fact]
    public void A_volume_that_software_can_share_takes_many_writers() =>
        Shop.Load("services: {a: {image: x, volumes: ['vol:/v'], scale: 3}}\nvolumes: {vol: }\n", "volumes: {vol: {shared: true}}\n").Accepted().Services["a"].Scale.Max.ShouldBe(3);

    [Fact]
    public void Limits_of_the_manifest_win_over_those_of_compose()
    {
        var resources = Shop.Load(
            "services: {a: {image: x, deploy: {resources: {limits: {cpus: '2', memory: 1g, pids: 10}}}}}\n", "services: {a: {resources: {memory: 256Mi}}}\n").Accepted().Services["a"].Resources;
        (resources.Cpus, resources.Memory, resources.Pids).ShouldBe((2m, 256L << 20, 10L));
    }
}
