using System.Text;
using System.Text.RegularExpressions;
using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>Finds Protobuf files and where the imports in them begin.</summary>
internal static partial class ProtoFiles
{
    public const int Most = 20_000;

    private const int MostLookedAt = 1 << 16;

    private const string NameFewer = "Name a directory that holds fewer";

    public static bool IsOne(string path) => path.EndsWith(".proto", StringComparison.OrdinalIgnoreCase);

    /// <summary>Paths from the directory, with forward slashes, in order.</summary>
    /// <exception cref="ProblemException">There are too many.</exception>
    public static IReadOnlyList<string> Below(string directory)
    {
        var found = FileWalk.Below(directory).Where(IsOne).Take(Most + 1).Order(StringComparer.Ordinal).ToList();
        return found.Count <= Most ? found : throw new ProblemException(TooMany(directory));
    }

    /// <summary>It is written in the language itself, not compiled; its first statements say so.</summary>
    public static bool IsText(byte[] content) => Statement().IsMatch(Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, MostLookedAt))));

    /// <summary>The directory that a file is imported from: the one that its package begins in, or its own when directories do not follow packages.</summary>
    /// <param name="directory">Of the file, with forward slashes.</param>
    public static string RootOf(string directory, ProtoHead head)
    {
        var package = head.Package.Replace('.', '/');
        if (package is "" || !$"/{directory}".EndsWith($"/{package}", StringComparison.Ordinal))
            return directory;
        var root = directory[..^package.Length];
        // The root of the file system stays one.
        return root is "/" || root.EndsWith(":/", StringComparison.Ordinal) ? root : root.TrimEnd('/');
    }

    public static Problem TooMany(string directory) => ContractProblems.NotCompiled($"'{directory}' holds more than {Most} .proto files", NameFewer);

    public static Problem TooLarge(string directory) => ContractProblems.NotCompiled($"the .proto files of '{directory}' have more than {GitTree.MostBytes >> 20} MiB", NameFewer);

    /// <summary>Text has no place that imports could be looked for from.</summary>
    public static Problem Nameless() => ContractProblems.NotCompiled("the text from standard input is a .proto file, and such files must be named: what they import is looked for beside them", "Name the file or its directory: davit contract diff git:main:proto proto");

    [GeneratedRegex("""^\s*((syntax|edition)\s*=\s*["'][a-z0-9]+["']|package\s+[A-Za-z0-9_.]+)\s*;""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Statement();
}
