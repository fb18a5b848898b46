using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Shell;

/// <summary>Answers go to standard output, everything said to a person goes to standard error. Colour only on a terminal.</summary>
internal sealed class Terminal(TextWriter answers, TextWriter talk, bool isInteractive, bool hasColour)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsInteractive { get; } = isInteractive;

    public bool IsQuiet { get; set; }

    public bool IsJson { get; set; }

    /// <summary>Instants and durations are left out, so that two runs give the same bytes.</summary>
    public bool IsStable { get; set; }

    public static Terminal OfProcess() => new(
        Console.Out, Console.Error, !Console.IsErrorRedirected && !Console.IsInputRedirected,
        !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not "dumb");

    /// <summary>For a person; nothing when quiet or when a document is asked for.</summary>
    public void Say(string line)
    {
        if (!IsQuiet && !IsJson)
            talk.WriteLine(line);
    }

    public void Answer(string line)
    {
        if (!IsJson)
            answers.WriteLine(line);
    }

    /// <summary>The wire record as it is: the one document on standard output.</summary>
    public void Document<T>(T value, JsonTypeInfo<T> form)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            JsonSerializer.Serialize(writer, value, form);
        answers.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    /// <summary>One line of a stream.</summary>
    public void Item<T>(T value, JsonTypeInfo<T> form)
    {
        answers.WriteLine(JsonSerializer.Serialize(value, form));
        answers.Flush();
    }

    public void Raw(string text)
    {
        answers.Write(text);
        answers.Flush();
    }

    public string Dim(string text) => hasColour ? $"\e[2m{text}\e[0m" : text;

    public string Good(string text) => hasColour ? $"\e[32m{text}\e[0m" : text;

    public string Bad(string text) => hasColour ? $"\e[31m{text}\e[0m" : text;

    public string Strong(string text) => hasColour ? $"\e[1m{text}\e[0m" : text;

    public string Coloured(string text, int which) => hasColour ? $"\e[{31 + (which % 6)}m{text}\e[0m" : text;

    public void Show(Problem problem)
    {
        if (IsJson)
        {
            Document(ProblemBody.Of(problem, ""), WireJson.Default.ProblemBody);
            return;
        }

        talk.WriteLine($"{Bad($"error {problem.Code}")} {problem.Title}");
        foreach (var fault in problem.Faults.Where(f => f.Severity is not Severity.Note))
            talk.WriteLine($"  {fault.Severity.ToString().ToLowerInvariant(),-7} {fault}");
        talk.WriteLine($"  {problem.Detail.ReplaceLineEndings("\n  ")}");
        talk.WriteLine($"  {Good("try")}  {problem.Hint}");
        talk.WriteLine($"  {Dim("docs")} {problem.Docs}");
    }

    /// <summary>A table with a head; columns as wide as their widest cell.</summary>
    public void Table(string[] head, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend(head).ToList();
        var widths = head.Select((_, column) => all.Max(r => r[column].Length)).ToArray();
        foreach (var (row, number) in all.Select((r, n) => (r, n)))
        {
            var line = string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
            Answer(number is 0 ? Dim(line) : line);
        }
    }
}
