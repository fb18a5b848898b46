using System.Text.Json;
using System.Text.Json.Serialization;

namespace Davit.ControlPlane.Logs;

/// <summary>One kept line. Members are short because there are many of them.</summary>
/// <param name="At">The engine's instant.</param>
/// <param name="Cursor">Reading goes on right after it; unique and growing within one file.</param>
/// <param name="Stream"><c>out</c>, <c>err</c>, or the phase of a deployment's own line.</param>
internal sealed record LogRecord(
    [property: JsonPropertyName("t")] DateTimeOffset At,
    [property: JsonPropertyName("c")] string Cursor,
    [property: JsonPropertyName("s")] string Stream,
    [property: JsonPropertyName("x")] string Text)
{
    /// <summary>The stream of a line that Davit put between those of an instance.</summary>
    public const string Notice = "davit";
}

[JsonSerializable(typeof(LogRecord))]
internal sealed partial class LogJson : JsonSerializerContext
{
    public static string Line(LogRecord record) => JsonSerializer.Serialize(record, Default.LogRecord);

    /// <returns>Null for a line that a crash cut short.</returns>
    public static LogRecord? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Default.LogRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
