using System.Collections.Immutable;

namespace Davit.Console.Shell;

/// <summary>What a page's filter asks for, as the part of an address behind the question mark.</summary>
public sealed record Query(ImmutableArray<(string Name, string Value)> Terms)
{
    public static Query Of(params ImmutableArray<(string Name, string? Value)> terms) => new([.. terms.Where(t => !string.IsNullOrEmpty(t.Value)).Select(t => (t.Name, t.Value!))]);

    public Query And(string name, string value) => new(Terms.Add((name, value)));

    /// <returns>Begins with <c>?</c>, or is "".</returns>
    public override string ToString() => Terms is [] ? "" : "?" + string.Join('&', Terms.Select(t => $"{t.Name}={Uri.EscapeDataString(t.Value)}"));

    /// <summary>The same as options of a command line.</summary>
    public string Options => string.Concat(Terms.Select(t => $" --{t.Name} {Quoted(t.Value)}"));

    /// <summary>For a POSIX shell.</summary>
    private static string Quoted(string value) => value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '@' or '/') ? value : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
