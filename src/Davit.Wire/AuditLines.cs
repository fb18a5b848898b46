using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.Model.Audit;

namespace Davit.Wire;

/// <summary>How events stand in an export: a JSON object per line, or a row of CSV (RFC 4180). Both can be read back without loss.</summary>
public static class AuditLines
{
    public const string CsvHead = "seq,at,type,version,actor,address,decision,requestId,correlationId,subjects,payload,form,prevHash,hash";

    /// <summary>A spreadsheet takes a cell that begins so for a formula; such cells begin with an apostrophe instead.</summary>
    private const string Dangerous = "=+-@\t\r'";

    public static string Json(EventView item) => JsonSerializer.Serialize(item, WireJson.Default.EventView);

    public static string Csv(EventView e)
    {
        string[] cells =
        [
            e.Seq.ToString(CultureInfo.InvariantCulture), e.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), e.Type, e.Version.ToString(CultureInfo.InvariantCulture), e.Actor, e.Address, e.Decision, e.RequestId,
            e.CorrelationId, new JsonArray([.. e.Subjects.Select(s => JsonValue.Create(s))]).ToJsonString(), e.Payload.ToJsonString(), e.Form.ToString(CultureInfo.InvariantCulture), e.PrevHash, e.Hash,
        ];
        return string.Join(',', cells.Select(Cell));
    }

    /// <returns>Null when the row is not one of an export.</returns>
    public static EventView? OfCsv(IReadOnlyList<string> cells)
    {
        try
        {
            return cells.Count is not 14 ? null : new EventView(
                long.Parse(cells[0], CultureInfo.InvariantCulture), DateTimeOffset.Parse(cells[1], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), cells[2],
                int.Parse(cells[3], CultureInfo.InvariantCulture), [.. JsonNode.Parse(cells[9])!.AsArray().Select(s => (string)s!)], cells[4], cells[7], cells[8], JsonNode.Parse(cells[10])!.AsObject(), cells[12], cells[13])
            {
                Address = cells[5], Decision = cells[6], Form = int.Parse(cells[11], CultureInfo.InvariantCulture),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static ChainedEvent Chained(EventView e, string org) => new()
    {
        Org = org, Seq = e.Seq, At = e.At, Type = e.Type, Version = e.Version, Subjects = e.Subjects, Actor = e.Actor, RequestId = e.RequestId, CorrelationId = e.CorrelationId, Payload = e.Payload,
        Form = e.Form, Address = e.Address, Decision = e.Decision, PrevHash = e.PrevHash, Hash = e.Hash,
    };

    /// <summary>The cells of one record, which may go over several lines.</summary>
    /// <returns>Null at the end.</returns>
    public static IReadOnlyList<string>? Record(TextReader from)
    {
        if (from.Peek() < 0)
            return null;
        var (cells, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var read = from.Read(); read >= 0 && (isQuoted || read is not '\n'); read = from.Read())
        {
            switch ((char)read)
            {
                case '"' when isQuoted && from.Peek() is '"':
                    cell.Append((char)from.Read());
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    cells.Add(Plain(cell));
                    break;
                case var c:
                    cell.Append(c);
                    break;
            }
        }

        cells.Add(Plain(cell));
        return cells;
    }

    private static string Plain(StringBuilder cell)
    {
        var text = cell.ToString();
        cell.Clear();
        return text is ['\'', .. var rest] ? rest : text;
    }

    private static string Cell(string text)
    {
        var inert = text is [var first, ..] && Dangerous.Contains(first, StringComparison.Ordinal) ? "'" + text : text;
        return inert.AsSpan().IndexOfAny("\",\r\n") < 0 ? inert : $"\"{inert.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
