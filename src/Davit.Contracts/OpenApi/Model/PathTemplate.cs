using System.Text.RegularExpressions;

namespace Davit.Contracts.OpenApi.Model;

/// <summary>A path with variables, such as <c>/users/{id}</c>.</summary>
internal sealed partial class PathTemplate(string text)
{
    public string Text { get; } = text;

    /// <summary>The path without the names of its variables, which are nothing on the wire.</summary>
    public string Blank { get; } = Variable().Replace(text, "{}");

    public IReadOnlyList<string> Variables { get; } = [.. Variable().Matches(text).Select(m => m.Groups["name"].Value)];

    [GeneratedRegex(@"\{(?<name>[^{}/]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
