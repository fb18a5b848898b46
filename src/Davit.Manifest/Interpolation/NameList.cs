using System.Collections;

namespace Davit.Manifest.Interpolation;

/// <summary>Names without doubles, in order of first use.</summary>
internal sealed class NameList : IReadOnlyList<string>
{
    private readonly List<string> _names = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public int Count => _names.Count;

    public string this[int index] => _names[index];

    public void Add(string name)
    {
        if (_known.Add(name))
            _names.Add(name);
    }

    public IEnumerator<string> GetEnumerator() => _names.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
