using System.Text;

namespace Davit.ControlPlane.Members;

/// <summary>One line of people to invite.</summary>
/// <param name="Line">Where it begins, counted from one.</param>
internal sealed record PersonLine(int Line, string Email, string Role, IReadOnlyList<string> Teams);

/// <summary>
/// Reads people from CSV (RFC 4180): a header with <c>email</c> and, if wanted, <c>role</c> and <c>team</c>; several teams with
/// semicolons. Every fault of the text is found, not only the first.
/// </summary>
internal sealed class PeopleFile
{
    public const int MostLines = 5_000;

    private const string UsualRole = "member";

    private readonly List<(int Line, string Message)> _faults = [];

    public IReadOnlyList<PersonLine> People { get; private init; } = [];

    public IReadOnlyList<(int Line, string Message)> Faults => _faults;

    public static PeopleFile Read(string csv)
    {
        var file = new PeopleFile();
        var records = file.Records(csv.TrimStart('\uFEFF')).Where(r => r.Fields is not [""]).ToList();
        if (records is not [var head, .. var rest])
            return file.With([], (1, "there is no header; begin with: email,role,team"));
        if (rest.Count > MostLines)
            return file.With([], (rest[MostLines].Line, $"there are {rest.Count} people; at most {MostLines} are taken at once"));
        return file.Columns(head.Line, head.Fields) is { } columns ? file.With([.. rest.Select(r => file.Person(r.Line, r.Fields, columns)).OfType<PersonLine>()]) : file;
    }

    private PeopleFile With(IReadOnlyList<PersonLine> people, params ReadOnlySpan<(int, string)> more)
    {
        var whole = new PeopleFile { People = people };
        whole._faults.AddRange(_faults);
        whole._faults.AddRange(more);
        return whole;
    }

    private Dictionary<string, int>? Columns(int line, string[] head)
    {
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < head.Length; i++)
        {
            var name = head[i].Trim();
            if (name.ToLowerInvariant() is not ("email" or "role" or "team"))
                _faults.Add((line, $"the column '{Shown(name)}' is none of email, role and team"));
            else if (!columns.TryAdd(name, i))
                _faults.Add((line, $"the column '{Shown(name)}' stands there twice"));
        }

        if (!columns.ContainsKey("email"))
            _faults.Add((line, "there is no column 'email'; begin with: email,role,team"));
        return _faults.Exists(f => f.Line == line) ? null : columns;
    }

    private PersonLine? Person(int line, string[] fields, Dictionary<string, int> columns)
    {
        if (fields.Length > columns.Count)
        {
            _faults.Add((line, $"it has {fields.Length} fields and the header {columns.Count}"));
            return null;
        }

        return new(line, Field("email"), Field("role") is { Length: > 0 } role ? role : UsualRole, Field("team").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

        string Field(string name) => columns.TryGetValue(name, out var at) && at < fields.Length ? fields[at].Trim() : "";
    }

    private IEnumerable<(int Line, string[] Fields)> Records(string csv)
    {
        for (var (at, line) = (0, 1); at < csv.Length;)
        {
            var (began, fields, isWhole) = (line, new List<string>(), true);
            do
                isWhole = Field(csv, ref at, ref line, fields) && isWhole;
            while (at < csv.Length && csv[at] is ',' && ++at >= 0);
            if (at < csv.Length && csv[at] is '\r')
                at++;
            if (at < csv.Length && csv[at] is '\n')
                (at, line) = (at + 1, line + 1);
            if (isWhole)
                yield return (began, [.. fields]);
        }
    }

    /// <returns>False when it is no field; the fault is noted, and reading goes on with the next line.</returns>
    private bool Field(string csv, ref int at, ref int line, List<string> fields)
    {
        var isQuoted = at < csv.Length && csv[at] is '"';
        if (isQuoted)
            return Quoted(csv, ref at, ref line, fields);
        var end = csv.AsSpan(at).IndexOfAny(",\r\n");
        var text = end < 0 ? csv[at..] : csv.Substring(at, end);
        at += text.Length;
        fields.Add(text);
        return !text.Contains('"', StringComparison.Ordinal) && !text.Any(char.IsControl) || Refuse(csv, ref at, line, "it holds a quote or a control character where none may stand");
    }

    private bool Quoted(string csv, ref int at, ref int line, List<string> fields)
    {
        var (began, text) = (line, new StringBuilder());
        for (at++; at < csv.Length; at++)
        {
            if (csv[at] is '"' && (at + 1 >= csv.Length || csv[at + 1] is not '"'))
            {
                at++;
                fields.Add(text.ToString());
                return (at >= csv.Length || csv[at] is ',' or '\r' or '\n') && !text.ToString().Any(char.IsControl) || Refuse(csv, ref at, began, "it holds something behind a closing quote, or a control character");
            }

            if (csv[at] is '"')
                at++;
            if (csv[at] is '\n')
                line++;
            text.Append(csv[at]);
        }

        return Refuse(csv, ref at, began, "a quote is opened and never closed");
    }

    private bool Refuse(string csv, ref int at, int line, string message)
    {
        _faults.Add((line, message));
        var end = at >= csv.Length ? -1 : csv.IndexOf('\n', at);
        at = end < 0 ? csv.Length : end;
        return false;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40];
}
