using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Davit.Drivers.Docker.Builds;

/// <summary>
/// What of a build context is left out, by the rules of https://docs.docker.com/build/concepts/context/#dockerignore-files:
/// patterns match whole paths from the root, a match of a directory covers what is in it, the last match decides.
/// </summary>
internal sealed class DockerIgnore
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private readonly ImmutableArray<(Regex Pattern, bool IsException)> _rules;

    private DockerIgnore(ImmutableArray<(Regex Pattern, bool IsException)> rules) => _rules = rules;

    /// <summary>With an exception somewhere, a directory that is left out may still hold something that is not.</summary>
    public bool HasExceptions => _rules.Any(r => r.IsException);

    /// <exception cref="FormatException">A pattern is malformed; the message quotes it.</exception>
    public static DockerIgnore Parse(string text) => new([.. text.TrimStart('\uFEFF').Split('\n')
        .Select(l => l.TrimEnd('\r'))
        .Where(l => !l.StartsWith('#'))
        .Select(l => l.Trim())
        .Where(l => l.Length > 0)
        .Select(Rule)]);

    /// <param name="path">Relative, with slashes.</param>
    public bool IsLeftOut(string path)
    {
        var isOut = false;
        foreach (var (pattern, isException) in _rules)
        {
            if (isOut == isException && (pattern.IsMatch(path) || Parents(path).Any(pattern.IsMatch)))
                isOut = !isException;
        }

        return isOut;
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            yield return path[..slash];
    }

    private static (Regex Pattern, bool IsException) Rule(string line)
    {
        var isException = line[0] is '!';
        var pattern = Clean(isException ? line[1..].Trim() : line);
        try
        {
            return (new($"^{Translate(pattern)}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline, MatchLimit), isException);
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException($"'{line}' in .dockerignore is no pattern: {wrong.Message}", wrong);
        }
    }

    /// <summary>As a path is cleaned: no leading or trailing slash, no empty, <c>.</c> or <c>..</c> parts.</summary>
    private static string Clean(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Split('/').Where(p => p is not ("" or ".")))
        {
            if (part is not "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] is '*':
                    i += i + 2 < pattern.Length && pattern[i + 2] is '/' ? 2 : 1;
                    regex.Append(i + 1 >= pattern.Length ? ".*" : "(?:.*/)?");
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is > 0 and var end:
                    regex.Append(pattern, i, end - i + 1);
                    i = end;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.ToString();
    }
}
