using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;
using Davit.Drivers.Docker.Instances;
using Davit.Drivers.Logs;
using Davit.Model;

namespace Davit.Drivers.Docker.Logs;

/// <summary>Reads what containers wrote, in the order of the engine's file.</summary>
internal sealed class LogReader(EngineClient engine, InstanceReader instances)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>The engine cuts longer lines into pieces of this length (moby, daemon/logger/copier.go).</summary>
    private const int EnginesChunk = 16 * 1024;

    public async IAsyncEnumerable<LogLine> ReadAsync(string name, LogQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var found = await instances.GetOwnAsync(name, ct);
        var last = query.After;
        await foreach (var line in PassAsync(found, query, ct))
        {
            last = line.Cursor;
            yield return line;
        }

        if (!query.Follow || (last is null && query.Tail is not null))
            yield break;

        // The engine may end a followed stream before it has passed on what a container wrote last.
        await foreach (var line in PassAsync(found, new() { After = last }, ct))
            yield return line;
    }

    private async IAsyncEnumerable<LogLine> PassAsync(ContainerInspect found, LogQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var resume = new LogResume(query.After);
        await using var body = await OpenAsync(found, query, ct);
        var records = found.Config.Tty ? TerminalRecordsAsync(body, ct) : FramedRecordsAsync(body, ct);
        await foreach (var (channel, record) in records)
        {
            if (ToLine(channel, record, found.Config.Tty, resume) is not { } line)
                continue;
            foreach (var fresh in resume.Take(line))
                yield return fresh;
        }

        foreach (var fresh in resume.Rest())
            yield return fresh;
    }

    private async Task<Stream> OpenAsync(ContainerInspect found, LogQuery query, CancellationToken ct)
    {
        var since = query.After is { } after ? LogTimestamp.ToSince(Math.Max(0, after.UnixNanoseconds - LogResume.Slack)) : null;
        var tail = query.After is null ? query.Tail?.ToString(CultureInfo.InvariantCulture) : null;
        try
        {
            return await engine.OpenAsync(
                EngineCall.Get(
                    $"/containers/{found.Id}/logs", ("stdout", "1"), ("stderr", "1"), ("timestamps", "1"),
                    ("follow", query.Follow ? "1" : null), ("since", since), ("tail", tail)),
                ct);
        }
        catch (EngineException refused)
        {
            var name = found.Name.TrimStart('/');
            throw new ProblemException(
                refused.Status is System.Net.HttpStatusCode.NotFound ? DriverProblems.InstanceNotFound(name)
                : EngineMessages.Read(refused.Answer) is Refusal.LogsUnreadable ? DriverProblems.LogsUnreadable(name, refused.Answer)
                : EngineAnswers.ForAnything(refused),
                refused);
        }
    }

    private static LogLine? ToLine(OutputChannel channel, byte[] record, bool isTerminal, LogResume resume)
    {
        if (!LogTimestamp.TryRead(record, out var instant, out var rest))
            return null;

        // A shorter one without a line end is what a container wrote last before it ended; the next record is of its next run.
        var hasEnd = rest is [.., (byte)'\n'];
        var isPartial = !hasEnd && rest.Length >= EnginesChunk;
        var text = hasEnd ? rest[..^1] : rest;
        if (isTerminal && text is [.., (byte)'\r'])
            text = text[..^1];
        return new(resume.Place(instant), channel, text.ToArray(), isPartial);
    }

    private static async IAsyncEnumerable<(OutputChannel Channel, byte[] Record)> FramedRecordsAsync(Stream body, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var buffered = new BufferedStream(body, BufferSize);
        var header = new byte[OutputFrames.HeaderLength];
        while (await buffered.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, ct) == header.Length)
        {
            var (channel, length) = OutputFrames.ReadHeader(header);
            var record = new byte[length];
            if (await buffered.ReadAtLeastAsync(record, length, throwOnEndOfStream: false, ct) < length)
                yield break;
            yield return (channel, record);
        }
    }

    /// <summary>A terminal's output has no frames: one record per line.</summary>
    private static async IAsyncEnumerable<(OutputChannel Channel, byte[] Record)> TerminalRecordsAsync(Stream body, [EnumeratorCancellation] CancellationToken ct)
    {
        var line = new ArrayBufferWriter<byte>();
        var buffer = new byte[BufferSize];
        while (await body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            var rest = buffer.AsMemory(0, read);
            while (rest.Span.IndexOf((byte)'\n') is >= 0 and var end)
            {
                line.Write(rest.Span[..(end + 1)]);
                yield return (OutputChannel.Stdout, line.WrittenSpan.ToArray());
                line.ResetWrittenCount();
                rest = rest[(end + 1)..];
            }

            line.Write(rest.Span);
            if (line.WrittenCount <= OutputFrames.LongestPayload)
                continue;
            yield return (OutputChannel.Stdout, line.WrittenSpan.ToArray());
            line.ResetWrittenCount();
        }

        if (line.WrittenCount > 0)
            yield return (OutputChannel.Stdout, line.WrittenSpan.ToArray());
    }
}
