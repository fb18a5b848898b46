using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Walk;

/// <summary>Shows what stands at a place: in the source where the host has it, in one line of our own where it has not.</summary>
/// <param name="read">Gives the bytes of a source file by its path; null where there is none.</param>
internal sealed class ProtoTexts(Func<string, byte[]?> read)
{
    private const int ExcerptLines = 12;
    private const int TypeName = 6;
    private const int LongestExcerpt = 4096;

    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);

    /// <summary>Null for a place that is nowhere.</summary>
    public Evidence? At(Place place, IEnumerable<SourceSpot> spots)
    {
        if (place.File is not { } file)
            return null;
        foreach (var spot in spots)
        {
            if (spot is { IsFromFile: true, Steps.IsEmpty: true })
                return Whole(file);
            var path = spot.IsFromFile ? spot.Steps : place.Element is { } from ? PathOf(from, spot.Steps) : null;
            if (path is not null && file.Locations.Find(path) is { } found)
                return At(file, spot.Word is "" ? found : Widened(file, found, spot.Word), place.Element?.Line ?? "");
        }

        return place.Element is { } element && file.Locations.Find(PathOf(element, [])) is { } span ? At(file, span, element.Line) : Whole(file);
    }

    /// <summary>What the compiler makes of a map stands nowhere; the type of the map stands for it.</summary>
    private static IEnumerable<int> PathOf(ProtoElement element, IEnumerable<int> steps)
    {
        var entry = element as ProtoMessage ?? element.Parent as ProtoMessage;
        return entry is { IsMapEntry: true, Parent: ProtoMessage message } && message.Fields.FirstOrDefault(f => f.TypeName == entry.FullName) is { } map
            ? map.Path.Append(TypeName)
            : element.Path.Concat(steps);
    }

    private static Evidence Whole(ProtoFile file) => new(new Position(file.Name, 1, 1, 1, 1), "", "");

    private Evidence At(ProtoFile file, Span span, string otherwise)
    {
        var lines = Lines(file.Name);
        var excerpt = span.Line <= lines.Length ? string.Join('\n', lines[(span.Line - 1)..Math.Clamp(span.EndLine, span.Line, Math.Min(lines.Length, span.Line + ExcerptLines - 1))]) : otherwise;
        return new Evidence(new Position(file.Name, span.Line, span.Column, span.EndLine, span.EndColumn), "", excerpt.Length <= LongestExcerpt ? excerpt : excerpt[..LongestExcerpt]);
    }

    /// <summary>The span with the word in front of it, where the source has only an equals sign between them.</summary>
    private Span Widened(ProtoFile file, Span span, string word)
    {
        var lines = Lines(file.Name);
        if (span.Line > lines.Length || span.Column > lines[span.Line - 1].Length + 1)
            return span;
        var (row, before) = (span.Line - 1, lines[span.Line - 1][..(span.Column - 1)].TrimEnd());
        var isAssigned = false;
        while (!isAssigned || before is "")
        {
            if (before is "" && --row >= Math.Max(0, span.Line - ExcerptLines))
                before = lines[row].TrimEnd();
            else if (before.EndsWith('=') && !isAssigned)
                (isAssigned, before) = (true, before[..^1].TrimEnd());
            else
                return span;
        }

        return before.EndsWith(word, StringComparison.Ordinal) ? span with { Line = row + 1, Column = before.Length - word.Length + 1 } : span;
    }

    private string[] Lines(string name)
    {
        if (!_lines.TryGetValue(name, out var lines))
            _lines[name] = lines = read(name) is { } bytes ? Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n").Split('\n') : [];
        return lines;
    }
}
