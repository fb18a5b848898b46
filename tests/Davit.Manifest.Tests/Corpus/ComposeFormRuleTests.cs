namespace Davit.Manifest.Tests.Corpus;

/// <summary>Rules of the Compose form that no published case shows.</summary>
public sealed class ComposeFormRuleTests
{
    [Theory]
    [InlineData("environment: {A: 2020-01-01}", "is a date")]
    [InlineData("labels: {A: 2001-12-14T21:59:43.10-05:00}", "is a date")]
    [InlineData("ports: [{published: 80}]", "lacks a target")]
    [InlineData("ports: ['0']", "lacks a target")]
    [InlineData("devices: [{source: /dev/a}]", "lacks a target")]
    [InlineData("container_name: -a", "container_name")]
    [InlineData("env_file: ''", "names no file")]
    [InlineData("expose: [80.5]", "expose")]
    [InlineData("configs: [{target: t}]", "which is not defined")]
    [InlineData("secrets: [s]\nsecrets: {s: {driver: d}}", "needs a file or an environment variable")]
    public void What_the_reference_refuses_is_refused(string line, string says)
    {
        var result = Render($"services:\n  a:\n    image: x\n    {line}\n");
        result.Json.ShouldBeNull();
        result.First!.ToString().ShouldContain(says);
    }

    [Theory]
    [InlineData("environment: {A: '2020-01-01', B: 2020-13-01, C: 2020-1}", "2020-13-01")]
    [InlineData("scale: 2\n    deploy: {mode: replicated}", "\"replicas\": 2")]
    [InlineData("build: 'C:\\x'", "/C:\\\\x")]
    public void What_the_reference_takes_is_taken_its_way(string line, string holds) =>
        Render($"services:\n  a:\n    image: x\n    {line}\n").Json.ShouldNotBeNull().ShouldContain(holds);

    [Fact]
    public void A_key_that_the_reference_has_no_place_for_is_not_printed() =>
        Render("services: {a: {image: x, pull_refresh_after: 1h}}\n").Json.ShouldNotBeNull().ShouldNotContain("pull_refresh_after");

    [Fact]
    public void Extensions_merge_like_everything_else()
    {
        var tree = new MemorySourceTree("/p").With("a.yaml", "x-top: {a: 1}\nservices: {s: {image: x}}\n").With("b.yaml", "x-top: {b: 2}\n");
        var json = ComposeRenderer.Render(new LoadRequest { Source = tree, ComposeFiles = ["a.yaml", "b.yaml"] }, []).Json.ShouldNotBeNull();
        json.ShouldContain("\"a\": 1");
        json.ShouldContain("\"b\": 2");
    }

    [Fact]
    public void A_limit_of_the_later_file_replaces_the_earlier_whole()
    {
        var tree = new MemorySourceTree("/p").With("a.yaml", "services: {s: {image: x, ulimits: {nproc: {soft: 1, hard: 2}}}}\n").With("b.yaml", "services: {s: {ulimits: {nproc: {soft: 7}}}}\n");
        ComposeRenderer.Render(new LoadRequest { Source = tree, ComposeFiles = ["a.yaml", "b.yaml"] }, []).Json.ShouldBeNull();
    }

    private static RenderResult Render(string compose) =>
        ComposeRenderer.Render(new LoadRequest { Source = new MemorySourceTree("/p").With("compose.yaml", compose) }, []);
}
