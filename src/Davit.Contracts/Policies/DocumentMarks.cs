using System.Globalization;
using System.Text.RegularExpressions;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Policies;

/// <summary>
/// Permissions that stand in the new contract: the member <c>x-davit-allow</c> of an element, or a comment <c>davit:allow</c>
/// in the lines just above it. They say what waivers of a policy say.
/// </summary>
internal sealed partial class DocumentMarks(ContractSource source, DateOnly today)
{
    private const string Member = "x-davit-allow";

    private static readonly string[] Members = ["rule", "element", "consumer", "reason", "owner", "until"];

    private readonly Dictionary<string, Document?> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, List<Waiver>>> _comments = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, List<Waiver>> _members = [];
    private readonly SortedSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>What was meant as a permission and is none.</summary>
    public IEnumerable<string> Unreadable => _unreadable;

    public IEnumerable<Waiver> At(Finding finding)
    {
        var file = finding.New?.Position.File ?? source.Path;
        if (!_comments.TryGetValue(file, out var comments))
            _comments[file] = comments = Read(file);
        if (finding.New is { } place && comments.TryGetValue(place.Position.Line, out var above))
        {
            foreach (var waiver in above)
                yield return waiver;
        }

        if (_trees[file] is { } tree && (finding.New ?? finding.Old) is { } evidence)
        {
            foreach (var waiver in Around(tree.Root, evidence.JsonPointer))
                yield return waiver;
        }
    }

    /// <summary>Those of the element and of all it lies in, as far as the new contract still has them.</summary>
    private IEnumerable<Waiver> Around(Node node, string pointer)
    {
        var steps = new Queue<string>(pointer.Split('/').Skip(1));
        while (node.Exists)
        {
            foreach (var waiver in MembersOf(node))
                yield return waiver;
            if (!steps.TryDequeue(out var step))
                yield break;
            node = JsonPointer.Step(node, step);
        }
    }

    private List<Waiver> MembersOf(Node node)
    {
        if (_members.TryGetValue(node, out var known))
            return known;
        var mark = node.IsObject ? node[Member] : default;
        return _members[node] = mark.Kind switch
        {
            NodeKind.Object => [.. Taken(mark)],
            NodeKind.Array => [.. mark.Children.ToList().SelectMany(Taken)],
            _ => [],
        };
    }

    private IEnumerable<Waiver> Taken(Node said) => Taken(said.Where, said.Children.ToList().Select(c => c.Name ?? ""), name => said[name].Scalar);

    private IEnumerable<Waiver> Taken(Position at, IEnumerable<string> names, Func<string, string?> said)
    {
        var until = DateOnly.TryParseExact(said("until"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
        var fault = said("rule") is null or "" ? "it names no rule"
            : names.Except(Members, StringComparer.Ordinal).FirstOrDefault() is { } unknown ? $"it has no member '{unknown}'"
            : !RuleCatalog.All.Any(r => Selection.IsRule(said("rule")!, r)) ? $"no rule is called '{said("rule")}'"
            : (said("reason") ?? "").Length < Waiver.ShortestReason ? $"its reason has less than {Waiver.ShortestReason} characters"
            : said("owner") is null or "" ? "it names no owner"
            : until is null ? "it does not say until when"
            : until > today.AddDays(Waiver.LongestDays) ? $"it holds for more than {Waiver.LongestDays} days"
            : null;
        if (fault is null)
            return [new Waiver("", said("rule")!, "*", said("element") ?? "*", said("consumer") ?? "", said("reason")!, said("owner")!, until!.Value) { Origin = WaiverOrigin.Document }];
        _unreadable.Add($"{at}: {fault}");
        return [];
    }

    private Dictionary<int, List<Waiver>> Read(string file)
    {
        var bytes = source.Read(file) ?? [];
        _trees[file] = bytes.AsSpan().IndexOf("x-davit-allow"u8) >= 0 ? Tree(file, bytes) : null;
        return bytes.AsSpan().IndexOf("davit:allow"u8) >= 0 ? Comments(file, bytes) : [];
    }

    private static Document? Tree(string file, byte[] bytes)
    {
        try
        {
            return DocumentReader.Read(file, bytes);
        }
        catch (UnreadableException)
        {
            return null;
        }
    }

    /// <summary>By the number of the first line below that is no comment.</summary>
    private Dictionary<int, List<Waiver>> Comments(string file, byte[] bytes)
    {
        var marks = new Dictionary<int, List<Waiver>>();
        var waiting = new List<Waiver>();
        var number = 0;
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes).Split('\n').Select(l => l.Trim()))
        {
            number++;
            if (Mark().Match(line) is { Success: true } mark)
            {
                var said = Word().Matches(mark.Groups["words"].Value).ToLookup(w => w.Groups["name"].Value, w => w.Groups["value"].Value.Trim('"'), StringComparer.Ordinal);
                waiting.AddRange(Taken(new Position(file, number, 1, number, line.Length + 1), said.Select(s => s.Key), name => said[name].FirstOrDefault()));
            }
            else if (waiting is not [] && line is not ("" or ['#', ..] or ['/', '/', ..] or ['-', '-', ..]))
            {
                marks[number] = waiting;
                waiting = [];
            }
        }

        return marks;
    }

    [GeneratedRegex(@"^(?:#|//|--)\s*davit:allow(?<words>\s.*)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Mark();

    [GeneratedRegex("(?<name>[a-z]+)=(?<value>\"[^\"]*\"|[^ \"]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
