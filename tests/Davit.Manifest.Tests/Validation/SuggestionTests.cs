namespace Davit.Manifest.Tests.Validation;

public sealed class SuggestionTests
{
    private static readonly string[] Keys = ["image", "ports", "command", "environment", "env_file", "expose", "tty", "user", "volumes", "build", "labels", "init", "restart"];

    [Theory]
    [InlineData("imag", "image")]
    [InlineData("imaeg", "image")]
    [InlineData("IMAGE", "image")]
    [InlineData("port", "ports")]
    [InlineData("enviroment", "environment")]
    [InlineData("env-file", "env_file")]
    [InlineData("comand", "command")]
    [InlineData("ttyy", "tty")]
    [InlineData("usr", "user")]
    [InlineData("volume", "volumes")]
    [InlineData("biuld", "build")]
    [InlineData("lables", "labels")]
    [InlineData("int", "init")]
    [InlineData("restrat", "restart")]
    [InlineData("xyz", "")]
    [InlineData("networks", "")]
    [InlineData("abcd", "")]
    [InlineData("", "")]
    public void A_slip_finds_its_word_and_nothing_else(string written, string wanted) => string.Join(' ', Suggest(written)).ShouldBe(wanted);

    [Fact]
    public void At_most_three_are_named_nearest_first_then_by_alphabet() =>
        Suggestions.Suggest.For("aaaaa", ["aaabb", "aaaab", "aaaba", "aabaa", "abaaa"]).ShouldBe(["aaaab", "aaaba", "aabaa"]);

    private static System.Collections.Immutable.ImmutableArray<string> Suggest(string written) => Suggestions.Suggest.For(written, Keys);
}
