using System.Text.RegularExpressions;

namespace Davit.Cli.Shell;

/// <summary>What a directory says about the app in it, read without a parser so that every command starts fast.</summary>
internal static partial class AppDirectory
{
    private static readonly string[] Manifests = ["davit.yaml", "davit.yml"];
    private static readonly string[] ComposeFiles = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

    private static readonly string[] SingleFiles = ["Dockerfile", "index.html"];

    /// <summary>The name in the nearest davit.yaml of the directory or a parent.</summary>
    public static Setting? FindName(string directory)
    {
        for (var at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            foreach (var file in Manifests.Select(m => Path.Combine(at, m)).Where(File.Exists))
            {
                if (File.ReadLines(file).Take(200).Select(l => Name().Match(l)).FirstOrDefault(m => m.Success) is { } found)
                    return new(found.Groups["name"].Value, file);
            }
        }

        return null;
    }

    /// <summary>The app that a directory without davit.yaml holds, when it holds one.</summary>
    public static Setting? FindBare(string directory) =>
        ComposeFiles.Concat(SingleFiles).Select(f => Path.Combine(directory, f)).FirstOrDefault(File.Exists) is { } file ? new(DefaultName(directory), file) : null;

    /// <summary>The name an app gets that names none: the Compose project's, else the directory's.</summary>
    public static string DefaultName(string directory)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var named = FindName(full)?.Value ?? ComposeFiles.Select(f => Path.Combine(full, f)).Where(File.Exists)
            .SelectMany(f => File.ReadLines(f).Take(200)).Select(l => Project().Match(l)).FirstOrDefault(m => m.Success)?.Groups["name"].Value;
        return Clean(named ?? Path.GetFileName(full));
    }

    private static string Clean(string name)
    {
        var clean = Unwanted().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return clean is "" ? "app" : clean[..Math.Min(clean.Length, 63)].Trim('-');
    }

    [GeneratedRegex("""^app:\s*["']?(?<name>[a-z0-9-]+)["']?\s*(#.*)?$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex("""^name:\s*["']?(?<name>[A-Za-z0-9_-]+)["']?\s*(#.*)?$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Project();

    [GeneratedRegex("[^a-z0-9-]+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Unwanted();
}
