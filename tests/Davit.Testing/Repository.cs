using System.Runtime.CompilerServices;

namespace Davit.Testing;

/// <summary>Where the sources of this checkout lie, and the shared material beside it.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The acceptance corpora beside the checkout, or <see langword="null"/> when they are not there.</summary>
    public static string? Corpora => Directory.Exists(Path.Combine(Root, "../shared/corpora")) ? Path.GetFullPath(Path.Combine(Root, "../shared/corpora")) : null;

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../.."));
}
