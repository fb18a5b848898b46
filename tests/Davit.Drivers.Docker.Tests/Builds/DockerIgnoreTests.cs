using Davit.Drivers.Docker.Builds;

namespace Davit.Drivers.Docker.Tests.Builds;

public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "deep/a.log", false)]
    [InlineData("**/*.log", "a.log", true)]
    [InlineData("**/*.log", "deep/er/a.log", true)]
    [InlineData("node_modules", "node_modules", true)]
    [InlineData("node_modules", "node_modules/x/y.js", true)]
    [InlineData("node_modules", "web/node_modules", false)]
    [InlineData("/node_modules/", "node_modules/x", true)]
    [InlineData("./build", "build/x", true)]
    [InlineData("a/../b", "b", true)]
    [InlineData("*/temp*", "x/temporary.txt", true)]
    [InlineData("*/temp*", "x/y/temporary.txt", false)]
    [InlineData("temp?", "tempa", true)]
    [InlineData("temp?", "temp", false)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("[a-c].txt", "d.txt", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("docs/**", "docs/a/b", true)]
    [InlineData("docs/**", "docs", false)]
    [InlineData("**/docs", "x/docs/y", true)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("# comment", "# comment", false)]
    [InlineData("  spaced  ", "spaced", true)]
    [InlineData("", "anything", false)]
    [InlineData("*\n!keep", "keep", false)]
    [InlineData("*\n!keep", "drop", true)]
    [InlineData("*\n!src/app", "src/app/main.c", false)]
    [InlineData("*\n!src/app", "src/other", true)]
    [InlineData("!keep\n*", "keep", true)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-open.md", false)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("*.log\r\n*.tmp\r\n", "x.tmp", true)]
    public void A_path_is_left_out_by_the_last_pattern_that_fits(string text, string path, bool isOut) =>
        DockerIgnore.Parse(text).IsLeftOut(path).ShouldBe(isOut);

    [Fact]
    public void A_hostile_pattern_costs_no_time()
    {
        var ignore = DockerIgnore.Parse(string.Concat(Enumerable.Repeat("**/a*", 50)) + "b");
        var begun = TimeProvider.System.GetTimestamp();

        ignore.IsLeftOut(string.Concat(Enumerable.Repeat("aaaa/", 200)));

        TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
