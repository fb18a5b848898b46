using System.Globalization;
using System.Text;
using Davit.Drivers.Logs;

namespace Davit.Drivers.Docker.Builds;

/// <summary>
/// Turns a build's trace into lines a person can follow, in the form of the engine's plain progress: <c>#3 [2/4] RUN …</c>,
/// then <c>#3 output</c>. Remembers the step that failed and the last lines of each step.
/// </summary>
internal sealed class BuildTranscript(LogSink sink, TimeProvider clock)
{
    private const int LongestLine = 16 * 1024;
    private const int LinesKept = 20;

    private readonly Dictionary<string, BuildStep> _steps = new(StringComparer.Ordinal);
    private long _instant;
    private int _ordinal;

    /// <summary>The step that failed, or else the one that began last.</summary>
    public string CurrentStep { get; private set; } = "";

    public bool HasFailed { get; private set; }

    /// <summary>Why the step failed, in the builder's words.</summary>
    public string Error { get; private set; } = "";

    /// <summary>The last lines of the current step.</summary>
    public string LastLines => string.Join('\n', _steps.Values.FirstOrDefault(s => s.Name == CurrentStep)?.Last ?? []);

    public async ValueTask AddAsync(BuildTraceEntry entry, CancellationToken ct)
    {
        switch (entry)
        {
            case BuildTraceEntry.Step step:
                await AddStepAsync(step, ct);
                break;
            case BuildTraceEntry.Output output:
                await AddOutputAsync(Find(output.Id), output.Channel, output.Bytes, ct);
                break;
        }
    }

    /// <summary>A line without a step.</summary>
    public ValueTask SayAsync(string text, CancellationToken ct) => WriteAsync(OutputChannel.Stdout, Encoding.UTF8.GetBytes(text), isPartial: false, ct);

    /// <summary>A line of a step that another program numbered.</summary>
    public void Remember(string id, string? name, string line, bool isError)
    {
        var step = Find(id);
        if (name is not null && step.Name.Length is 0)
            step.Name = name;
        if (!HasFailed && step.Name.Length > 0)
            CurrentStep = step.Name;
        if (name is null)
            step.Keep(line, LinesKept);
        if (!isError)
            return;
        HasFailed = true;
        Error = line;
        CurrentStep = step.Name;
    }

    /// <summary>What was printed without a line end.</summary>
    public async ValueTask EndAsync(CancellationToken ct)
    {
        foreach (var step in _steps.Values.Where(s => s.Pending.Count > 0).ToList())
            await AddOutputAsync(step, OutputChannel.Stdout, "\n"u8.ToArray(), ct);
    }

    private async ValueTask AddStepAsync(BuildTraceEntry.Step entry, CancellationToken ct)
    {
        var step = Find(entry.Id);
        step.Name = entry.Name;
        if (entry.Phase is StepPhase.Waiting || step.Phase >= entry.Phase)
            return;

        if (step.Phase is StepPhase.Waiting)
        {
            await SayAsync($"#{step.Number} {step.Name}", ct);
            CurrentStep = HasFailed ? CurrentStep : step.Name;
        }

        step.Phase = entry.Phase;
        if (entry.Phase is StepPhase.Failed)
        {
            // A step that another failure cancelled is not the cause.
            if (!HasFailed || Error.Contains("context canceled", StringComparison.Ordinal))
                (HasFailed, CurrentStep, Error) = (true, step.Name, entry.Error);
            await SayAsync($"#{step.Number} ERROR: {entry.Error}", ct);
        }
        else if (entry.Phase is StepPhase.Cached)
        {
            await SayAsync($"#{step.Number} CACHED", ct);
        }
        else if (entry.Phase is StepPhase.Done)
        {
            await SayAsync($"#{step.Number} DONE", ct);
        }
    }

    private async ValueTask AddOutputAsync(BuildStep step, OutputChannel channel, byte[] bytes, CancellationToken ct)
    {
        foreach (var value in bytes)
        {
            var isEnd = value is (byte)'\n';
            if (!isEnd)
                step.Pending.Add(value);
            if (!isEnd && step.Pending.Count < LongestLine)
                continue;

            var text = step.Pending is [.., (byte)'\r'] ? step.Pending[..^1] : step.Pending;
            step.Keep(Encoding.UTF8.GetString([.. text.Take(500)]), LinesKept);
            await WriteAsync(channel, [.. Encoding.UTF8.GetBytes($"#{step.Number} "), .. text], !isEnd, ct);
            step.Pending.Clear();
        }
    }

    private async ValueTask WriteAsync(OutputChannel channel, byte[] bytes, bool isPartial, CancellationToken ct)
    {
        var now = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        _ordinal = now == _instant ? _ordinal + 1 : 0;
        _instant = now;
        await sink(new(new(now, _ordinal), channel, bytes, isPartial), ct);
    }

    private BuildStep Find(string id)
    {
        if (!_steps.TryGetValue(id, out var step))
            _steps[id] = step = new() { Number = (_steps.Count + 1).ToString(CultureInfo.InvariantCulture) };
        return step;
    }
}

/// <summary>What is known of a step so far.</summary>
internal sealed class BuildStep
{
    public required string Number { get; init; }

    public string Name { get; set; } = "";

    public StepPhase Phase { get; set; } = StepPhase.Waiting;

    public List<byte> Pending { get; } = [];

    public Queue<string> Last { get; } = new();

    public void Keep(string line, int most)
    {
        Last.Enqueue(line);
        if (Last.Count > most)
            Last.Dequeue();
    }
}
