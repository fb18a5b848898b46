namespace Davit.Manifest.Interpolation;

/// <summary>The variables one file sees. A child scope adds names that its parent does not have.</summary>
/// <param name="values">What is known.</param>
/// <param name="asked">Collects every name that is looked up, here and in child scopes.</param>
internal sealed class VariableScope(IEnumerable<KeyValuePair<string, string>> values, ISet<string>? asked = null)
{
    private readonly Dictionary<string, string> _values = new(values, StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, string>> Values => _values;

    public string? this[string name]
    {
        get
        {
            asked?.Add(name);
            return _values.TryGetValue(name, out var value) ? value : null;
        }

        set => _values[name] = value!;
    }

    /// <summary>Adds what is not there yet.</summary>
    public void Merge(IEnumerable<KeyValuePair<string, string>> more)
    {
        foreach (var (name, value) in more)
            _values.TryAdd(name, value);
    }

    public VariableScope With(IEnumerable<KeyValuePair<string, string>> more)
    {
        var child = new VariableScope(_values, asked);
        child.Merge(more);
        return child;
    }
}
