using System.Globalization;
using Davit.Manifest.Loading;
using Davit.Manifest.Suggestions;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Shapes;

/// <summary>Holds a tree against a shape and reports everything that does not fit, with its place.</summary>
/// <param name="faults">Where to.</param>
/// <param name="refusesTimestamps">A plain scalar that is written like a date is no text, as with the reference.</param>
internal sealed class ShapeCheck(FaultSink faults, bool refusesTimestamps = false)
{
    /// <summary>Whether a text where a flag or number is wanted is already refused here.</summary>
    public void Check(Node node, Shape shape, string path)
    {
        switch (node)
        {
            case MapNode map when shape.Map is { } mapShape:
                CheckMap(map, mapShape, path);
                break;
            case ListNode list when shape.List is { } listShape:
                CheckList(list, listShape, path);
                break;
            case ScalarNode { IsTimestamp: true } when refusesTimestamps:
                faults.Error(ManifestProblems.WrongType, $"{Shown(path)} is a date; write it in quotes", node.At, path);
                break;
            case ScalarNode scalar when shape.Kinds is not Kinds.None && Fits(scalar, shape.Kinds):
                CheckScalar(scalar, shape, path);
                break;
            case ScalarNode { Kind: ScalarKind.Unknown }:
                break;
            default:
                if (shape != S.Any && !IsAnything(shape))
                    faults.Error(ManifestProblems.WrongType, $"{Shown(path)} must be {Wanted(shape)}, not {Found(node)}", node.At, path);
                break;
        }
    }

    private void CheckMap(MapNode map, MapShape shape, string path)
    {
        foreach (var (key, value) in map.Entries)
        {
            var at = path.Length is 0 ? key : $"{path}.{key}";
            if (shape.Known.TryGetValue(key, out var known))
                Check(value, known, at);
            else if (shape.TakesExtensions && key.StartsWith("x-", StringComparison.Ordinal))
                continue;
            else if (shape.Others is { } others && (shape.OtherKeys is null ? key.Length > 0 : shape.OtherKeys.IsMatch(key)))
                Check(value, others, at);
            else if (!shape.IsOpen)
                Unknown(map, key, shape, path);
        }

        foreach (var required in shape.Required)
        {
            if (!map.Has(required))
                faults.Error(ManifestProblems.MissingKey, $"{Shown(path)} lacks the key '{required}'", map.At, path);
        }
    }

    private void Unknown(MapNode map, string key, MapShape shape, string path)
    {
        var where = path.Length is 0 ? "at the top level" : $"in {path}";
        var message = shape.OtherKeys is not null && shape.Others is not null
            ? $"'{Short(key)}' cannot be a name {where}: letters, digits, '.', '_' and '-' only"
            : $"the key '{Short(key)}' is not known {where}";
        faults.Error(ManifestProblems.UnknownKey, message, map.KeyAt(key), path.Length is 0 ? key : $"{path}.{key}", Suggest.For(key, shape.Known.Keys));
    }

    private void CheckList(ListNode list, ListShape shape, string path)
    {
        if (shape.Item is { Kinds: Kinds.None, List: null, Map: null })
            return;
        for (var i = 0; i < list.Items.Count; i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
            Check(list.Items[i], shape.Item, at);
            if (shape.IsUnique && i < 2_000 && FirstSame(list, i) is { } first)
                faults.Error(ManifestProblems.DuplicateItem, $"{Shown(path)} holds the same item twice, first as item {first + 1}", list.Items[i].At, at);
        }
    }

    private static int? FirstSame(ListNode list, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (list.Items[i].SameAs(list.Items[index]))
                return i;
        }

        return null;
    }

    private void CheckScalar(ScalarNode scalar, Shape shape, string path)
    {
        if (scalar.Kind is ScalarKind.Text && shape.Allowed is { } allowed && !allowed.Contains(scalar.Text, StringComparer.Ordinal))
            faults.Error(ManifestProblems.NotAllowed, $"{Shown(path)} must be one of {string.Join(", ", allowed)}, not '{Short(scalar.Text)}'", scalar.At, path, Suggest.For(scalar.Text, allowed));
        if (scalar.Kind is ScalarKind.Text && shape.Pattern is { } pattern && !pattern.IsMatch(scalar.Text))
            faults.Error(ManifestProblems.NotAllowed, $"{Shown(path)} cannot be '{Short(scalar.Text)}'", scalar.At, path);
        if (!scalar.IsNumber)
            return;
        if (shape.Min is { } min && scalar.AsDouble < min)
            faults.Error(ManifestProblems.OutOfRange, $"{Shown(path)} must be at least {min}", scalar.At, path);
        if (shape.Max is { } max && scalar.AsDouble > max)
            faults.Error(ManifestProblems.OutOfRange, $"{Shown(path)} must be at most {max}", scalar.At, path);
    }

    private static bool Fits(ScalarNode scalar, Kinds kinds) => scalar.Kind switch
    {
        ScalarKind.Null => kinds.HasFlag(Kinds.Null),
        ScalarKind.Bool => kinds.HasFlag(Kinds.Flag),
        ScalarKind.Integer => (kinds & (Kinds.Integer | Kinds.Number)) is not Kinds.None,
        ScalarKind.Float => kinds.HasFlag(Kinds.Number) || (kinds.HasFlag(Kinds.Integer) && double.IsInteger(scalar.AsDouble)),
        ScalarKind.Text => kinds.HasFlag(Kinds.Text),
        ScalarKind.Unknown => true,
    };

    private static bool IsAnything(Shape shape) => shape.Kinds == S.Any.Kinds && shape.Map is { IsOpen: true };

    private static string Wanted(Shape shape)
    {
        var parts = new List<string>();
        if (shape.Map is not null)
            parts.Add("a mapping");
        if (shape.List is not null)
            parts.Add("a list");
        if (shape.Kinds.HasFlag(Kinds.Text))
            parts.Add("text");
        if (shape.Kinds.HasFlag(Kinds.Number))
            parts.Add("a number");
        else if (shape.Kinds.HasFlag(Kinds.Integer))
            parts.Add("a whole number");
        if (shape.Kinds.HasFlag(Kinds.Flag))
            parts.Add("true or false");
        if (shape.Kinds.HasFlag(Kinds.Null))
            parts.Add("empty");
        return parts.Count is 1 ? parts[0] : string.Join(", ", parts[..^1]) + " or " + parts[^1];
    }

    private static string Found(Node node) => node switch
    {
        MapNode => "a mapping",
        ListNode => "a list",
        ScalarNode { Kind: ScalarKind.Null } => "empty",
        ScalarNode { Kind: ScalarKind.Bool } scalar => scalar.Text,
        ScalarNode { IsNumber: true } scalar => $"the number {scalar.Text}",
        _ => "text",
    };

    private static string Shown(string path) => path.Length is 0 ? "the manifest" : path;

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
