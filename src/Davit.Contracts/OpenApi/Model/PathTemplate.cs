namespace Davit.Contracts.OpenApi.Model;

/// <summary>A path with variables, such as <c>/users/{id}</c>.</summary>
internal sealed class PathTemplate
{
    private readonly List<string> _variables = [];

    public PathTemplate(string text)
    {
        Text = text;
        var blank = new System.Text.StringBuilder(text.Length);
        var left = text.AsSpan();
        while (left.IndexOf('{') is >= 0 and var begin)
        {
            blank.Append(left[..(begin + 1)]);
            left = left[(begin + 1)..];
            if (left.IndexOfAny('{', '}', '/') is not (>= 0 and var end) || left[end] is not '}')
                continue;
            _variables.Add(left[..end].ToString());
            left = left[end..];
        }

        Blank = blank.Append(left).ToString();
    }

    public string Text { get; }

    /// <summary>The path without the names of its variables, which are nothing on the wire.</summary>
    public string Blank { get; }

    public IReadOnlyList<string> Variables => _variables;
}
