using System.Text.RegularExpressions;
using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>What the compiler says when files do not compile.</summary>
internal static partial class ProtocMessages
{
    private const int Most = 10;

    public static Problem Problem(string errors, ProtoRoots roots)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => !Warning().IsMatch(l)).ToList();
        var placed = lines.Where(l => Placed().IsMatch(l)).ToList();
        var told = placed is [] ? lines : placed;
        var text = told is [] ? "the compiler failed and did not say why" : string.Join("; ", told.Take(Most).Select(l => roots.Named(l).TrimEnd('.')));
        var hint = lines.Exists(l => l.Contains("File not found", StringComparison.Ordinal) || l.Contains("was not found", StringComparison.Ordinal))
            ? $"Name the directory from which imports are written; they were looked for in {Some(roots)} and among the files that come with the compiler"
            : "Correct the place and run the same command again";
        return ContractProblems.NotCompiled(told.Count > Most ? $"{text}; and {told.Count - Most} more" : text, hint);
    }

    private static string Some(ProtoRoots roots)
    {
        var names = roots.Names.Distinct(StringComparer.Ordinal).ToList();
        return string.Join(", ", names.Take(Most)) + (names.Count > Most ? $", {names.Count - Most} more" : "");
    }

    /// <summary>The first thing that a problem of this kind says.</summary>
    public static string First(Problem problem) => problem.Detail.Split("; ")[0].Split(". Nothing was compared.")[0];

    [GeneratedRegex("^[^:]+:[0-9]+:[0-9]+: ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Placed();

    [GeneratedRegex("^[^:]+(:[0-9]+:[0-9]+)?: warning: ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Warning();
}
