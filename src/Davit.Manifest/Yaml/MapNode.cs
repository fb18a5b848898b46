using System.Diagnostics.CodeAnalysis;
using Davit.Model;

namespace Davit.Manifest.Yaml;

/// <summary>A mapping with text keys in the order they were written.</summary>
internal sealed class MapNode : Node
{
    private readonly OrderedDictionary<string, Node> _values = new(StringComparer.Ordinal);
    private Dictionary<string, (int Line, int Column)>? _keys;

    public int Count => _values.Count;

    public IEnumerable<string> Keys => _values.Keys;

    public IEnumerable<KeyValuePair<string, Node>> Entries => _values;

    public Node? this[string key]
    {
        get => _values.TryGetValue(key, out var value) ? value : null;
        set
        {
            if (value is null)
                _values.Remove(key);
            else
                _values[key] = value;
        }
    }

    public bool Has(string key) => _values.ContainsKey(key);

    public bool TryGet(string key, [NotNullWhen(true)] out Node? value) => _values.TryGetValue(key, out value);

    public void Remove(string key) => _values.Remove(key);

    public void MarkKey(string key, int line, int column) => (_keys ??= new(StringComparer.Ordinal))[key] = (line, column);

    /// <summary>Where the key itself is written; the map's own place when it was made by a merge.</summary>
    public SourcePosition? KeyAt(string key)
    {
        var file = _values.TryGetValue(key, out var value) ? value.File ?? File : File;
        if (_keys is not null && _keys.TryGetValue(key, out var at))
            return file?.At(at.Line, at.Column);
        return value?.At ?? At;
    }

    /// <summary>A snapshot, for loops that change the map.</summary>
    public KeyValuePair<string, Node>[] Snapshot() => [.. _values];

    public MapNode Child(string key) => _values.TryGetValue(key, out var value) && value is MapNode map ? map : new MapNode();

    public override Node Clone(SourceFile? asFile = null)
    {
        var copy = new MapNode { File = asFile ?? File, Line = Line, Column = Column, Tag = Tag, Replaced = Replaced, _keys = _keys };
        foreach (var (key, value) in _values)
            copy._values[key] = value.Clone(asFile);
        return copy;
    }

    public override bool SameAs(Node? other) =>
        other is MapNode map && map.Count == Count && _values.All(e => e.Value.SameAs(map[e.Key]));

    /// <summary>Takes over where the keys of another map are written.</summary>
    public void TakeKeyPlaces(MapNode from)
    {
        if (from._keys is null)
            return;
        foreach (var (key, at) in from._keys)
            MarkKey(key, at.Line, at.Column);
    }
}
