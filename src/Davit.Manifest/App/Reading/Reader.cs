using System.Collections.Immutable;
using System.Globalization;
using Davit.Manifest.Binding;
using Davit.Manifest.Loading;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>Reads typed values out of a mapping whose shape has been checked.</summary>
internal sealed class Reader(MapNode map, string path, FaultSink faults)
{
    public MapNode Map => map;

    public string Path => path;

    public FaultSink Faults => faults;

    public bool Has(string key) => map[key] is { IsNull: false };

    public SourcePosition? At(string key) => map[key]?.At ?? map.At;

    public string Below(string key) => path.Length is 0 ? key : $"{path}.{key}";

    public Reader Child(string key) => new(map.Child(key), Below(key), faults);

    public string? Text(string key) => (map[key] as ScalarNode) is { IsNull: false } scalar ? scalar.Text : null;

    public bool Flag(string key) => map[key] is ScalarNode { IsTrue: true };

    public bool? MaybeFlag(string key) => map[key] is ScalarNode { Kind: ScalarKind.Bool } flag ? flag.IsTrue : null;

    public long? Long(string key) => map[key] is ScalarNode { IsNull: false } scalar && long.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var value) ? value : null;

    public int? Int(string key) => Long(key) is { } value ? (int)Math.Clamp(value, int.MinValue, int.MaxValue) : null;

    public decimal? Decimal(string key) =>
        map[key] is ScalarNode { IsNull: false } scalar && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public ImmutableArray<string> Texts(string key) => map[key] switch
    {
        ListNode list => [.. list.Items.OfType<ScalarNode>().Select(i => i.Text)],
        ScalarNode { Kind: ScalarKind.Text } one => [one.Text],
        _ => [],
    };

    /// <summary>The same, sorted: for lists whose order means nothing.</summary>
    public ImmutableArray<string> Set(string key) => Texts(key).Sort(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, string> Pairs(string key) => Maps.None.AddRange(
        map.Child(key).Entries.Select(e => KeyValuePair.Create(e.Key, (e.Value as ScalarNode)?.Text ?? "")));

    public ImmutableSortedDictionary<string, string?> Variables(string key) => Maps.NoNullable.AddRange(
        map.Child(key).Entries.Select(e => KeyValuePair.Create(e.Key, e.Value is ScalarNode { IsNull: false } value ? value.Text : null)));

    public IEnumerable<Reader> Items(string key) => map[key] is ListNode list
        ? list.Items.Select((item, i) => (Item: item as MapNode, Index: i)).Where(i => i.Item is not null).Select(i => new Reader(i.Item!, $"{Below(key)}[{i.Index}]", faults))
        : [];

    public IEnumerable<(string Key, Reader Value)> Named(string key) => Child(key).All();

    public IEnumerable<(string Key, Reader Value)> All() => map.Entries
        .Select(e => (e.Key, new Reader(e.Value as MapNode ?? e.Value.MapHere(), Below(e.Key), faults)));

    /// <summary>A duration as Compose's output has it.</summary>
    public TimeSpan? Bound(string key) => Text(key) is { } text && Units.Duration(text) is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / 100) : null;

    /// <summary>A duration as an author writes it in <c>davit.yaml</c>.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (DavitUnits.Duration(text) is { } duration)
            return duration;
        faults.Error(ManifestProblems.ValueInvalid, $"{Below(key)} must be a duration such as 30s, not '{text}'", At(key), Below(key));
        return null;
    }

    /// <summary>A size as an author writes it in <c>davit.yaml</c>.</summary>
    public long? Size(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (DavitUnits.Bytes(text) is { } bytes)
            return bytes;
        faults.Error(ManifestProblems.ValueInvalid, $"{Below(key)} must be a size such as 256Mi, not '{text}'", At(key), Below(key));
        return null;
    }

    public void Error(ProblemCode code, string message, string key) => faults.Error(code, message, At(key), key.Length is 0 ? path : Below(key));
}
