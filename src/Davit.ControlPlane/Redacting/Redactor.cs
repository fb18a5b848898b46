using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Davit.Drivers.Logs;
using Davit.Model;

namespace Davit.ControlPlane.Redacting;

/// <summary>Writes <c>***(NAME)</c> wherever one of the values it knows stands, in any form. Immutable.</summary>
internal sealed class Redactor
{
    private const int PrefixLength = 4;

    private readonly IReadOnlyDictionary<string, string> _forms;
    private readonly SearchValues<string> _search;
    private readonly Dictionary<string, (string Form, string Name)[]> _byPrefix;

    private Redactor? _ofBytes;

    private Redactor(IReadOnlyDictionary<string, string> forms)
    {
        _forms = forms;
        _search = SearchValues.Create([.. forms.Keys], StringComparison.Ordinal);
        _byPrefix = forms.GroupBy(f => f.Key[..PrefixLength], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(f => (f.Key, f.Value)).OrderByDescending(f => f.Key.Length).ToArray(), StringComparer.Ordinal);
        Longest = forms.Keys.Select(k => k.Length).DefaultIfEmpty().Max();
    }

    /// <summary>Knows nothing.</summary>
    public static Redactor None { get; } = new(ImmutableDictionary<string, string>.Empty);

    /// <summary>The length of the longest text that is looked for.</summary>
    public int Longest { get; }

    /// <summary>The same for bytes that are carried as Latin-1, one character for each, because nobody knows where a text in them begins.</summary>
    public Redactor OfBytes => _ofBytes ??= new(_forms.GroupBy(f => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(f.Key)), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal));

    public static Redactor Of(IEnumerable<(string Name, byte[] Value)> secrets)
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in secrets)
        {
            foreach (var form in SecretForms.Of(value))
                forms.TryAdd(form, name);
        }

        return forms.Count is 0 ? None : new(forms);
    }

    public string Apply(string text)
    {
        var at = text.AsSpan().IndexOfAny(_search);
        if (at < 0)
            return text;

        var clean = new StringBuilder(text.Length);
        var from = 0;
        while (at >= 0)
        {
            var (end, name) = Match(text, at);
            clean.Append(text, from, at - from).Append("***(").Append(name).Append(')');
            from = end;
            var next = text.AsSpan(from).IndexOfAny(_search);
            at = next < 0 ? -1 : from + next;
        }

        return clean.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The same line where there is nothing to take out.</summary>
    public LogLine Apply(LogLine line)
    {
        var text = line.Text;
        var clean = Apply(text);
        return ReferenceEquals(text, clean) ? line : line with { Bytes = Encoding.UTF8.GetBytes(clean) };
    }

    public Problem Apply(Problem problem) => problem with
    {
        Detail = Apply(problem.Detail), Hint = Apply(problem.Hint), Faults = [.. problem.Faults.Select(f => f with { Message = Apply(f.Message) })],
    };

    /// <summary>Where a text that goes on can be cut so that nothing that is looked for is cut in two.</summary>
    public int CutBefore(string text, int wanted)
    {
        var cut = Math.Max(0, wanted);
        for (var at = Math.Max(0, cut - Longest); at < cut;)
        {
            var next = text.AsSpan(at).IndexOfAny(_search);
            if (next < 0 || at + next >= cut)
                break;
            if (Match(text, at + next).End > cut)
                return at + next;
            at += next + 1;
        }

        return cut;
    }

    /// <summary>Where, at the end of a text that goes on, something that is looked for may have begun; its length when nothing has.</summary>
    /// <param name="most">How many characters may be held back.</param>
    public int BegunAt(string text, int most)
    {
        for (var at = Math.Max(0, text.Length - Math.Min(Longest - 1, most)); at < text.Length; at++)
        {
            if (BeginsOne(text.AsSpan(at)))
                return CutBefore(text, at);
        }

        return text.Length;
    }

    private bool BeginsOne(ReadOnlySpan<char> end)
    {
        if (end.Length < PrefixLength)
        {
            foreach (var prefix in _byPrefix.Keys)
            {
                if (prefix.AsSpan().StartsWith(end, StringComparison.Ordinal))
                    return true;
            }

            return false;
        }

        if (!_byPrefix.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(end[..PrefixLength], out var forms))
            return false;
        foreach (var (form, _) in forms)
        {
            if (form.Length > end.Length && form.AsSpan().StartsWith(end, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>The longest that begins here, with whatever begins within it and goes on behind it.</summary>
    private (int End, string Name) Match(string text, int at)
    {
        var (end, name) = LongestAt(text, at);
        for (var inside = at + 1; inside < end;)
        {
            var next = text.AsSpan(inside).IndexOfAny(_search);
            if (next < 0 || inside + next >= end)
                break;
            end = Math.Max(end, LongestAt(text, inside + next).End);
            inside += next + 1;
        }

        return (end, name);
    }

    private (int End, string Name) LongestAt(string text, int at)
    {
        foreach (var (form, name) in _byPrefix[text.Substring(at, PrefixLength)])
        {
            if (text.AsSpan(at).StartsWith(form, StringComparison.Ordinal))
                return (at + form.Length, name);
        }

        throw new InvalidOperationException("what was found begins with none of what is looked for");
    }
}
