using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Shell;

/// <summary>Answers go to standard output, everything said to a person goes to standard error. Colour only on a terminal.</summary>
internal sealed class Terminal(Outlet answers, Outlet talk, bool isInteractive)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly bool _marks = answers.HasColour || talk.HasColour;
    private readonly Lock _writing = new();
    private string _live = "";
    private bool _hasDocument;
    private bool _hasItems;

    public bool IsInteractive { get; } = isInteractive;

    public bool IsQuiet { get; init; }

    public bool IsJson { get; init; }

    /// <summary>Instants and durations are left out, so that two runs give the same bytes.</summary>
    public bool IsStable { get; init; }

    /// <summary>Whether somebody watches what is said as it is said.</summary>
    public bool IsWatched => talk.IsTerminal && IsInteractive && !IsQuiet && !IsJson;

    /// <summary>For a person; nothing when quiet or when a document is asked for.</summary>
    public void Say(string line)
    {
        if (!IsQuiet && !IsJson)
            Write(talk, line);
    }

    public void Answer(string line)
    {
        if (!IsJson)
            Write(answers, line);
    }

    /// <summary>A line of the log of this tool or of something remote's standard error; always said.</summary>
    public void Log(string line) => Write(talk, line);

    /// <summary>The line at the foot that tells what goes on; "" takes it away.</summary>
    public void Live(string line)
    {
        if (!IsWatched)
            return;
        lock (_writing)
        {
            _live = line is "" ? "" : talk.Cut(line);
            talk.Redraw(_live);
        }
    }

    /// <summary>The wire record as it is: the one document on standard output.</summary>
    public void Document<T>(T value, JsonTypeInfo<T> form)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            JsonSerializer.Serialize(writer, value, form);
        (_hasDocument, var text) = (true, Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        Write(answers, text);
    }

    /// <summary>One line of a stream.</summary>
    public void Item<T>(T value, JsonTypeInfo<T> form)
    {
        _hasItems = true;
        Write(answers, JsonSerializer.Serialize(value, form));
    }

    public void Raw(string text)
    {
        _hasDocument = true;
        answers.Write(text);
    }

    public string Dim(string text) => Marked(Mark.Dim, text);

    public string Good(string text) => Marked(Mark.Green, text);

    public string Bad(string text) => Marked(Mark.Red, text);

    public string Strong(string text) => Marked(Mark.Bold, text);

    public string Coloured(string text, int which) => Marked(Mark.Red + (which % 6), text);

    /// <summary>To a person four lines; to a program the one document, or the last item of a stream.</summary>
    public void Show(Problem problem)
    {
        if (IsJson)
        {
            if (_hasItems)
                Item(ProblemBody.Of(problem, ""), WireJson.Default.ProblemBody);
            else if (!_hasDocument)
                Document(ProblemBody.Of(problem, ""), WireJson.Default.ProblemBody);
            return;
        }

        var lines = new StringBuilder($"{Bad($"error {problem.Code}")} {problem.Title}\n");
        foreach (var fault in problem.Faults.Where(f => f.Severity is not Severity.Note))
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {fault.Severity.ToString().ToLowerInvariant(),-7} {fault}\n");
        lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {problem.Detail.ReplaceLineEndings("\n  ")}\n");
        lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {Good("try")}  {problem.Hint}\n  {Dim("docs")} {problem.Docs}");
        Write(talk, lines.ToString());
    }

    /// <summary>A table with a head; columns as wide as their widest cell, narrower where the terminal is.</summary>
    public void Table(string[] head, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend(head).ToList();
        var widths = Columns.Fit(all, answers.Width);
        foreach (var (row, number) in all.Select((r, n) => (r, n)))
        {
            var line = string.Join("  ", row.Select((cell, column) => Columns.Cell(cell, widths[column]))).TrimEnd();
            Answer(number is 0 ? Dim(line) : line);
        }
    }

    private string Marked(Mark mark, string text) => _marks ? Outlet.Marked(mark, text) : text;

    private void Write(Outlet to, string line)
    {
        lock (_writing)
        {
            if (_live is not "")
                talk.Redraw("");
            to.Write(line + "\n");
            if (_live is not "")
                talk.Redraw(_live);
        }
    }
}
