using System.Text.Json;
using Davit.Contracts;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Model;

namespace Davit.Corpora;

/// <summary>Pairs of directories of Protobuf files; findings are compared on path, type and where they begin.</summary>
internal class BufTable : ITable
{
    public virtual string Name => "buf";

    public string Folder => "buf";

    public IEnumerable<Outcome> Run(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        var sides = new BufSides(Path.Combine(folder, "pairs"));
        foreach (var one in cases.RootElement.EnumerateArray())
            yield return new Outcome(one.GetProperty("name").GetString()!, Miss(one, sides));
    }

    /// <summary>A path, the place and the type. Where nothing is noted the file as a whole is meant, which both tools note as its first character.</summary>
    protected virtual string Line(string path, Position at, string type) => $"{path}:{at.Line} {type}";

    private string? Miss(JsonElement one, BufSides sides)
    {
        try
        {
            var settings = BufSettings.Of(one.GetProperty("config"), isOwn: one.GetProperty("kind").GetString() is "own-config");
            var pair = one.GetProperty("pair").GetString()!;
            var comparison = Comparison.Of(sides.Read(pair, "previous", settings), sides.Read(pair, "current", settings), settings.Options);
            return Multisets.Differ(one.GetProperty("expected").EnumerateArray().Select(Expected), comparison.Findings.Select(Told));
        }
        catch (UnreadableException unreadable)
        {
            return $"unreadable: {unreadable.Code} {unreadable.Message} {unreadable.At}";
        }
        catch (ProblemException problem)
        {
            return $"not compiled: {problem.Problem}";
        }
    }

    private string Expected(JsonElement finding)
    {
        var path = finding.TryGetProperty("path", out var named) ? named.GetString()! : "";
        return Line(path, new Position(path, Number("start_line"), Number("start_column"), Number("end_line"), Number("end_column")), finding.GetProperty("type").GetString()!);

        int Number(string name) => finding.TryGetProperty(name, out var number) ? number.GetInt32() : 1;
    }

    private string Told(Finding finding) => Line(finding.New?.Position.File ?? "", finding.New?.Position ?? new Position("", 1, 1, 1, 1), finding.Rule.Alias!.Id);
}

/// <summary>The same findings, compared on the whole piece that they point at.</summary>
internal sealed class BufPositionsTable : BufTable
{
    public override string Name => "buf-positions";

    protected override string Line(string path, Position at, string type) => $"{path}:{at.Line}:{at.Column}-{at.EndLine}:{at.EndColumn} {type}";
}
