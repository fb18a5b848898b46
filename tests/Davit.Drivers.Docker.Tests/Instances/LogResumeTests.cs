using Davit.Drivers.Docker.Logs;
using Davit.Drivers.Logs;

namespace Davit.Drivers.Docker.Tests.Instances;

public sealed class LogResumeTests
{
    private static readonly long[] Instants = [100, 101, 101, 99, 101, 105, 104, 3_000_000_000];

    [Fact]
    public void After_any_line_of_a_file_the_rest_follows_though_instants_go_back()
    {
        var whole = Read(null, Instants);
        for (var i = 0; i < whole.Count; i++)
            Read(whole[i].Cursor, Instants).Select(l => l.Cursor).ShouldBe(whole.Skip(i + 1).Select(l => l.Cursor), $"after line {i}");
    }

    [Fact]
    public void When_the_line_is_gone_everything_younger_is_new() =>
        Read(new LogCursor(50, 0), Instants).Count.ShouldBe(Instants.Length);

    [Theory]
    [InlineData("2026-11-20T07:00:00.123456789Z rest", 1795158000123456789, "rest")]
    [InlineData("2026-11-20T07:00:00.000000001Z ", 1795158000000000001, "")]
    public void The_engines_prefix_is_read_to_the_nanosecond(string record, long instant, string rest)
    {
        LogTimestamp.TryRead(System.Text.Encoding.UTF8.GetBytes(record), out var nanoseconds, out var text).ShouldBeTrue();

        nanoseconds.ShouldBe(instant);
        System.Text.Encoding.UTF8.GetString(text).ShouldBe(rest);
    }

    private static List<LogLine> Read(LogCursor? after, long[] instants)
    {
        var resume = new LogResume(after);
        var lines = instants.SelectMany(i => resume.Take(new(resume.Place(i), OutputChannel.Stdout, ReadOnlyMemory<byte>.Empty))).ToList();
        return [.. lines, .. resume.Rest()];
    }
}
