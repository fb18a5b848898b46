using System.Text.RegularExpressions;
using Davit.Model;

namespace Davit.Cli.Contracts.Protobuf;

/// <summary>Finds Protobuf files and where the imports in them begin.</summary>
internal static partial class ProtoFiles
{
    public const int Most = 20_000;

    public const string NameFewer = "Name a directory that holds fewer";

    public static bool IsOne(string path) => path.EndsWith(".proto", StringComparison.OrdinalIgnoreCase);

    /// <summary>Paths from the directory, with forward slashes, in order.</summary>
    /// <exception cref="ProblemException">There are too many.</exception>
    public static IReadOnlyList<string> Below(string directory)
    {
        var found = FileWalk.Below(directory).Where(IsOne).Take(Most + 1).Order(StringComparer.Ordinal).ToList();
        return found.Count <= Most ? found : throw new ProblemException(TooMany(directory));
    }

    /// <summary>The directory that a file is imported from: the one that its package begins in, or its own when directories do not follow packages.</summary>
    /// <param name="directory">Of the file, with forward slashes.</param>
    public static string RootOf(string directory, string text)
    {
        var package = Package().Match(text).Groups["name"].Value.Replace('.', '/');
        return package is "" || !$"/{directory}".EndsWith($"/{package}", StringComparison.Ordinal) ? directory : directory[..^package.Length].TrimEnd('/');
    }

    public static Problem TooMany(string directory) => ContractProblems.NotCompiled($"'{directory}' holds more than {Most} .proto files", NameFewer);

    [GeneratedRegex(@"^\s*package\s+(?<name>[A-Za-z0-9_.]+)\s*;", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Package();
}
