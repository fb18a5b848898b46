using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Validation;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>Objects: members that some schema names, and all others, which are alike where no pattern tells them apart.</summary>
internal sealed class ObjectCell
{
    private const int MostMembers = 200;

    private readonly GoalSolver _solver;
    private readonly Goal _goal;
    private readonly Cell _cell;
    private readonly SchemaValidator _names = new();
    private readonly List<string> _known;
    private readonly List<JsonSchema> _sent;
    private readonly Dictionary<string, List<JsonSchema>> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonValue> _members = new(StringComparer.Ordinal);
    private string? _open;

    public ObjectCell(GoalSolver solver, Goal goal, Cell cell)
    {
        (_solver, _goal, _cell) = (solver, goal, cell);
        _known = [.. cell.Required.Concat(cell.Objects.SelectMany(o => o.Properties.Keys)).Concat(cell.WantedMembers.Select(w => w.Name).OfType<string>()).Distinct(StringComparer.Ordinal)];
        _sent = solver.Reading.IsClosed ? cell.Objects.FindAll(o => ReferenceEquals(o.Owner, solver.Sender) && (o.Properties.Count > 0 || o.PatternProperties.Count > 0)) : [];
    }

    public Found Solve()
    {
        var named = _cell.Required.Concat(_cell.WantedMembers.Select(w => w.Name).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        if (_cell.Count.IsEmpty || named.Count > _cell.Count.Most || named.Overlaps(_cell.Absent))
            return Found.Nothing;
        foreach (var wanted in _cell.WantedMembers.Where(w => w.Name is not null))
            Refuse(wanted.Name!, wanted.Value!);
        foreach (var name in named)
        {
            if (!Put(name))
                return Found.Nothing;
        }

        foreach (var wanted in _cell.WantedMembers.Where(w => w.Name is null))
        {
            if (!Place(wanted))
                return Found.Nothing;
        }

        return FillUp() is { } result ? result : _open is not null ? Found.Unknown(_open) : _solver.TrySome(_goal, [JsonValue.Of(_members)], "no object was found");
    }

    private void Refuse(string name, JsonSchema schema)
    {
        if (!_refused.TryGetValue(name, out var all))
            _refused[name] = all = [];
        all.Add(schema);
    }

    /// <returns>False when no value can be there.</returns>
    private bool Put(string name)
    {
        var found = Member(name, []);
        if (found.Value is { } value)
            _members[name] = value;
        else if (!found.IsNothing)
            _open = found.Open;
        return !found.IsNothing;
    }

    private Found Member(string name, IEnumerable<JsonSchema> refusing)
    {
        if (_cell.Absent.Contains(name) || !IsSent(name) || _cell.Names.Exists(n => _names.Accepts(n, JsonValue.Of(name)) is false))
            return Found.Nothing;
        return _solver.Solve(new Goal(Of(name), [.. _refused.GetValueOrDefault(name) ?? [], .. refusing]));
    }

    /// <returns>False when no member of that kind can be.</returns>
    private bool Place(WantedMember wanted)
    {
        var isPossible = false;
        foreach (var name in _known.Where(n => IsMeant(wanted, n)).Concat(Fresh(wanted).Take(40)).Distinct(StringComparer.Ordinal))
        {
            var found = Member(name, wanted.Value is { } value ? [value] : []);
            isPossible |= !found.IsNothing;
            if (found.Value is null)
                continue;
            if (wanted.Value is not null)
                Refuse(name, wanted.Value);
            _members[name] = found.Value;
            return true;
        }

        // Names that were not tried: what holds for all of them decides.
        if (isPossible || !IsImpossible(wanted))
            _open ??= "no member was found that one side accepts and the other refuses";
        return isPossible || !IsImpossible(wanted);
    }

    private bool IsImpossible(WantedMember wanted)
    {
        if (_sent is not [] && _sent.TrueForAll(o => o.PatternProperties.Count is 0 && o.AdditionalProperties is null or { Always: true }))
            return true;
        if (_cell.Names.Count > 0 || wanted.Nameless is not null)
        {
            if (_solver.Solve(new Goal(_cell.Names, wanted.Nameless is { } nameless ? [nameless] : [])).IsNothing)
                return true;
        }

        return wanted.Value is { } value && _solver.Solve(new Goal(OfOthers(wanted), [value])).IsNothing;
    }

    private bool IsMeant(WantedMember wanted, string name)
    {
        if (wanted.Pattern is { } pattern)
            return pattern.Matches(name) is not false;
        if (wanted.Beyond is { } beyond)
            return !beyond.Properties.ContainsKey(name) && !beyond.PatternProperties.Exists(p => p.Pattern.Matches(name) is true);
        return wanted.Nameless is { } nameless && _names.Accepts(nameless, JsonValue.Of(name)) is not true;
    }

    private IEnumerable<string> Fresh(WantedMember? wanted)
    {
        IEnumerable<string> candidates = ["other", "x", "", "0", "_", .. Enumerable.Range(1, MostMembers).Select(i => $"x{i}")];
        var patterns = _cell.Objects.SelectMany(o => o.PatternProperties).Select(p => p.Pattern);
        var generated = (wanted?.Pattern is { } own ? [own] : patterns).SelectMany(p => PatternSamples.Of(p.Text));
        if (wanted is null || wanted.Nameless is not null || _cell.Names.Count > 0)
        {
            var text = _solver.Solve(new Goal(_cell.Names, wanted?.Nameless is { } nameless ? [nameless] : []));
            generated = generated.Concat(text.Value is { Kind: Documents.NodeKind.String } name ? [name.Text] : []);
        }

        return generated.Concat(candidates).Where(c => !_known.Contains(c, StringComparer.Ordinal) && (wanted is null || IsMeant(wanted, c)));
    }

    /// <summary>Members that nobody wants but their number.</summary>
    /// <returns>Nothing to say when there are enough of them.</returns>
    private Found? FillUp()
    {
        if (_members.Count >= _cell.Count.Least)
            return null;
        if (_cell.Count.Least > MostMembers)
            return Found.Unknown("an object would have too many members");
        foreach (var name in _known.Concat(Fresh(null)).Distinct(StringComparer.Ordinal).Where(n => !_members.ContainsKey(n)))
        {
            if (Member(name, []).Value is { } value)
                _members[name] = value;
            if (_members.Count >= _cell.Count.Least)
                return null;
        }

        var isFull = _open is null && _known.TrueForAll(n => _members.ContainsKey(n) || Member(n, []).IsNothing) && _members.Keys.All(_known.Contains)
            && _solver.Solve(new Goal(OfOthers(null), [])).IsNothing;
        return isFull ? Found.Nothing : Found.Unknown("not enough members were found");
    }

    /// <summary>Whether the side that sends has agreed on the member, where agreements are read so.</summary>
    private bool IsSent(string name) => _sent is [] || _cell.Required.Contains(name) || _sent.Exists(o =>
        o.Properties.ContainsKey(name) || o.AdditionalProperties is { Always: not true } || o.PatternProperties.Exists(p => p.Pattern.Matches(name) is not false));

    private IEnumerable<JsonSchema> Of(string name)
    {
        foreach (var schema in _cell.Objects)
        {
            var isNamed = schema.Properties.TryGetValue(name, out var named);
            if (isNamed)
                yield return named!;
            foreach (var (pattern, value) in schema.PatternProperties)
            {
                if (pattern.Matches(name) is not { } matches || !matches)
                    continue;
                isNamed = true;
                yield return value;
            }

            if (!isNamed && schema.AdditionalProperties is { } additional && schema.PatternProperties.TrueForAll(p => p.Pattern.Matches(name) is not null))
                yield return additional;
        }
    }

    /// <summary>What surely holds for every member that no schema names.</summary>
    private IEnumerable<JsonSchema> OfOthers(WantedMember? wanted)
    {
        foreach (var schema in _cell.Objects)
        {
            foreach (var (_, value) in schema.PatternProperties.Where(p => p.Pattern.Text == wanted?.Pattern?.Text))
                yield return value;

            // A name that the other schema matches nowhere is matched by the same patterns nowhere.
            var isUnmatched = schema.PatternProperties.TrueForAll(p => wanted?.Beyond?.PatternProperties.Exists(o => o.Pattern.Text == p.Pattern.Text) is true);
            if (schema.AdditionalProperties is { } additional && isUnmatched)
                yield return additional;
        }
    }
}
