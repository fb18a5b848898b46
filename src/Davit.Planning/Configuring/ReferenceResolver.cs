using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Planning.Configuring;

/// <summary>
/// Resolves the references in the values of one service. Pure, and bounded whatever the values are: every name is resolved
/// once. All faults are told at once, each with its place.
/// </summary>
public sealed class ReferenceResolver(ImmutableSortedDictionary<string, Winner> names, ReferenceFacts facts)
{
    private const int MaxDepth = 10;

    /// <summary>How far a circle is looked for.</summary>
    private const int MaxPath = 64;
    private const int MaxExpansions = 10_000;
    private const int MaxLength = 1 << 20;

    private readonly Dictionary<string, ResolvedValue?> _done = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _depths = new(StringComparer.Ordinal);
    private readonly List<string> _path = [];
    private readonly List<Fault> _faults = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private int _expansions;

    public IReadOnlyList<Fault> Faults => _faults;

    /// <returns>Null when it has no value, or none because of a fault.</returns>
    public ResolvedValue? Resolve(string name)
    {
        if (_done.TryGetValue(name, out var known))
            return known;
        if (!names.TryGetValue(name, out var winner))
            return null;

        _path.Add(name);
        var value = winner.Setting.Value switch
        {
            SettingValue.Text text => ResolvedValue.Of(text.Value),
            SettingValue.Secret secret => ResolvedValue.Of(secret.Pin),
            SettingValue.Template template => Fill(template.Source, winner),
            SettingValue.Unset => null,
        };
        _path.RemoveAt(_path.Count - 1);
        _done[name] = value;
        return value;
    }

    private ResolvedValue? Fill(string source, Winner winner)
    {
        var (pieces, broken) = Template.Parse(source);
        return broken is null ? Join(pieces, winner) : Tell(winner, broken.At, broken.Why);
    }

    private ResolvedValue? Join(ImmutableArray<Piece> pieces, Winner winner)
    {
        var values = new List<ResolvedValue>();
        var isSound = true;
        var length = 0L;
        foreach (var piece in pieces)
        {
            var value = piece switch
            {
                Piece.Text text => ResolvedValue.Of(text.Value),
                Piece.Reference reference => Value(reference, winner),
            };
            isSound &= value is not null;
            length += value?.Length ?? 0;
            if (length > MaxLength)
                return Tell(winner, (piece as Piece.Reference)?.At ?? 0, "the value grows beyond 1 MiB");
            values.Add(value ?? ResolvedValue.Empty);
        }

        return isSound ? ResolvedValue.Join(values) : null;
    }

    private ResolvedValue? Value(Piece.Reference reference, Winner winner)
    {
        if (++_expansions > MaxExpansions)
            return Tell(winner, reference.At, $"there are more than {MaxExpansions:N0} references to resolve");
        var before = _faults.Count;
        var value = Look(reference, winner, out var isSound);
        if (!isSound || _faults.Count > before)
            return null;

        var isMissing = value is null || (reference.Operator is [':', _] && value.IsEmpty);
        return reference.Operator switch
        {
            "" => value ?? Unknown(reference, winner),
            [.., '-'] => isMissing ? Join(reference.Operand, winner) : value,
            [.., '+'] => isMissing ? ResolvedValue.Empty : Join(reference.Operand, winner),
            _ => isMissing ? Required(reference, winner) : value,
        };
    }

    private ResolvedValue? Look(Piece.Reference reference, Winner winner, out bool isSound)
    {
        isSound = true;
        var (space, rest) = reference.Name.Split('.', 2) is [var first, var second] ? (first, second) : ("", reference.Name);
        if (space is not "" and not "env" and not "secret" && facts.Of(space) is { } map)
            return map[rest] is { } fact ? ResolvedValue.Of(fact) : null;
        var name = space is "env" or "secret" ? rest : reference.Name;
        if (space is "secret" && names.TryGetValue(name, out var found) && found.Setting.Value is not (SettingValue.Secret or SettingValue.Unset))
        {
            isSound = false;
            return Tell(winner, reference.At, $"'{name}' is a variable and no secret; write ${{{name}}}");
        }

        var goesRound = _path.Contains(name, StringComparer.Ordinal);
        if (!goesRound && _path.Count < MaxPath)
            return Within(name, reference, winner) is { } value ? value : Faulty(name, out isSound);
        isSound = false;
        return !goesRound ? Tell(winner, reference.At, $"'{_path[0]}' is more than {MaxDepth} references deep, by way of '{name}'") : Tell(winner, reference.At, $"the references go round in a circle: {string.Join(" → ", _path.SkipWhile(p => p != name).Append(name))}");
    }

    private ResolvedValue? Within(string name, Piece.Reference reference, Winner winner)
    {
        var value = Resolve(name);
        var depth = _depths[_path[^1]] = Math.Max(_depths.GetValueOrDefault(_path[^1]), _depths.GetValueOrDefault(name) + 1);
        return depth == MaxDepth + 1 ? Tell(winner, reference.At, $"'{_path[^1]}' is more than {MaxDepth} references deep, by way of '{name}'") : value;
    }

    /// <summary>A name that has a setting and no value was told of already, unless it was unset.</summary>
    private ResolvedValue? Faulty(string name, out bool isSound)
    {
        isSound = !names.TryGetValue(name, out var winner) || winner.IsUnset;
        return null;
    }

    private ResolvedValue? Required(Piece.Reference reference, Winner winner)
    {
        var why = Join(reference.Operand, winner)?.Text ?? "";
        return Tell(winner, reference.At, $"'{reference.Name}' must have a value{(why is "" ? "" : $": {why}")}");
    }

    private ResolvedValue? Unknown(Piece.Reference reference, Winner winner)
    {
        Tell(winner, reference.At, $"'{reference.Name}' has no value", Near(reference.Name));
        return null;
    }

    private ImmutableArray<string> Near(string name) => [.. names.Keys.Where(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase) || n.StartsWith(name, StringComparison.OrdinalIgnoreCase)).Take(3)];

    private ResolvedValue? Tell(Winner winner, int at, string message, ImmutableArray<string> near = default)
    {
        var source = winner.Setting.Value is SettingValue.Template template ? template.Source : "";
        var before = source.AsSpan(0, Math.Min(at, source.Length));
        var position = new SourcePosition($"{winner.Setting.Name} ({winner.Layer.Label})", before.Count('\n') + 1, before.Length - (before.LastIndexOf('\n') + 1) + 1);
        if (_told.Add($"{position} {message}"))
            _faults.Add(new Fault(VariableProblems.ReferenceFault, Severity.Error, message, position, winner.Setting.Name) { Suggestions = near.IsDefault ? [] : near });
        return null;
    }
}
