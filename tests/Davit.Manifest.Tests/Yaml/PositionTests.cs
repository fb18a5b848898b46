namespace Davit.Manifest.Tests.Yaml;

/// <summary>Broken files are refused by name, at the line and column where they break.</summary>
public sealed class PositionTests
{
    [Theory]
    [InlineData("services:\n\tweb: {}\n", "2:", "yaml-syntax")]
    [InlineData("services:\n  a: {image: x}\n  a: {image: y}\n", "3:3", "duplicate-key")]
    [InlineData("services:\n  a: {image: x\n", "3:", "yaml-syntax")]
    [InlineData("services:\n  a: *none\n", "2:", "yaml-syntax")]
    [InlineData("services:\n  a: {<<: 1}\n", "2:", "merge-key-invalid")]
    [InlineData("services:\n  a: {<<: [1]}\n", "2:", "merge-key-invalid")]
    [InlineData("services:\n  ? [1]\n  : x\n", "2:", "key-not-text")]
    [InlineData("a: 1\n---\nb: 2\n", "", "several-documents")]
    [InlineData("- a\n", "1:1", "not-a-mapping")]
    [InlineData("services: {a: {image: \"x\n", "", "yaml-syntax")]
    [InlineData("services:\n  a:\n    image: x\n   b: 1\n", "4:", "yaml-syntax")]
    [InlineData("services: {a: {image: !thing x}}\n", "1:", "unknown-tag")]
    [InlineData("services: {\nvolumes:\n  a: 1\n", "1:", "yaml-syntax")]
    [InlineData("services: {a: {image: \"\\U99999999\"}}\n", "1:", "yaml-syntax")]
    public void A_broken_file_is_refused_where_it_breaks(string text, string place, string name)
    {
        var line = Shop.Load(text).Refused().First(l => l.Contains(name, StringComparison.Ordinal));
        line.ShouldStartWith($"compose.yaml:{place}");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        ManifestLoader.Load(new LoadRequest { Source = new MemorySourceTree(Shop.Root).With("compose.yaml", [0x61, 0xC3, 0x28]) }).Refused().ShouldHaveSingleItem().ShouldContain("yaml-encoding");

    [Fact]
    public void A_mark_at_the_start_and_windows_line_ends_change_nothing() =>
        Shop.Load("\uFEFFservices:\r\n  a:\r\n    image: x\r\n").Accepted().Services["a"].Image.ShouldBe("x");

    [Fact]
    public void An_alias_bomb_ends_in_a_problem()
    {
        var text = "x0: &x0 [1,2,3,4,5,6,7,8,9]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"x{i}: &x{i} [{string.Join(',', Enumerable.Repeat($"*x{i - 1}", 9))}]\n"));
        Shop.Load(text).Refused().ShouldContain(l => l.Contains("manifest-too-large", StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_that_double_themselves_end_in_a_problem()
    {
        var env = "K=xxxxxxxx\n" + string.Concat(Enumerable.Repeat("K=${K}${K}\n", 40));
        Shop.Load(("compose.yaml", "services: {a: {image: x}}\n"), (".env", env)).Refused().ShouldHaveSingleItem().ShouldContain("grows too large");
    }
}
