using Davit.Cli.Shell;

namespace Davit.Cli.Tests.Shell;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("90", 90)]
    [InlineData("1m30s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("500ms", 0.5)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    public void A_duration_is_read(string text, double seconds) => Durations.Of("--timeout", text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5s")]
    [InlineData("0")]
    [InlineData("5x")]
    [InlineData("s")]
    [InlineData("5s5")]
    [InlineData("99999999999999999999d")]
    [InlineData("1e400")]
    public void Anything_else_is_a_wrong_command_line(string text) => Should.Throw<UsageException>(() => Durations.Of("--timeout", text)).Problem.Code.ShouldBe("DV4505");
}
