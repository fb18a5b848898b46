using System.Text;

namespace Davit.Drivers.Docker.Builds;

/// <summary>
/// Reads <c>moby.buildkit.v1.StatusResponse</c> (field numbers from BuildKit's <c>api/services/control/control.proto</c>):
/// steps ("vertexes") that begin and end, and what they print.
/// </summary>
internal static class BuildTrace
{
    public static IEnumerable<BuildTraceEntry> Read(ReadOnlySpan<byte> message)
    {
        var entries = new List<BuildTraceEntry>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field is 1)
                entries.Add(ReadStep(reader.Bytes));
            else if (reader.Field is 3)
                entries.Add(ReadOutput(reader.Bytes));
        }

        return entries;
    }

    private static BuildTraceEntry.Step ReadStep(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        var (id, name, error) = ("", "", "");
        var (isCached, hasStarted, hasCompleted) = (false, false, false);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    id = Text(reader.Bytes);
                    break;
                case 3:
                    name = Text(reader.Bytes);
                    break;
                case 4:
                    isCached = reader.Number is not 0;
                    break;
                case 5:
                    hasStarted = true;
                    break;
                case 6:
                    hasCompleted = true;
                    break;
                case 7:
                    error = Text(reader.Bytes);
                    break;
            }
        }

        var phase = error.Length > 0 ? StepPhase.Failed : isCached ? StepPhase.Cached : hasCompleted ? StepPhase.Done : hasStarted ? StepPhase.Running : StepPhase.Waiting;
        return new(id, name, phase, error);
    }

    private static BuildTraceEntry.Output ReadOutput(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        var id = "";
        var channel = OutputChannel.Stdout;
        byte[] bytes = [];
        while (reader.Next())
        {
            if (reader.Field is 1)
                id = Text(reader.Bytes);
            else if (reader.Field is 3)
                channel = reader.Number is 2 ? OutputChannel.Stderr : OutputChannel.Stdout;
            else if (reader.Field is 4)
                bytes = reader.Bytes.ToArray();
        }

        return new(id, channel, bytes);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}

/// <summary>One thing a build said. Closed.</summary>
internal abstract record BuildTraceEntry
{
    private BuildTraceEntry()
    {
    }

    internal sealed record Step(string Id, string Name, StepPhase Phase, string Error) : BuildTraceEntry;

    internal sealed record Output(string Id, OutputChannel Channel, byte[] Bytes) : BuildTraceEntry;
}

internal enum StepPhase
{
    Waiting,
    Running,
    Cached,
    Done,
    Failed,
}
