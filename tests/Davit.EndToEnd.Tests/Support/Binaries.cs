namespace Davit.EndToEnd.Tests.Support;

/// <summary>The product's executables, built with the same configuration as these tests.</summary>
internal static class Binaries
{
    public static string Davitd { get; } = Find("Davit.ControlPlane", "davitd");

    /// <summary>davitd, except that it ends or freezes at the effect it is told.</summary>
    public static string Mortal { get; } = Find("Davit.EndToEnd.Mortal", "davitd-mortal");

    public static string Edge { get; } = Find("Davit.Edge", "davit-edge");

    public static string Davit { get; } = Find("Davit.Cli", "davit");

    /// <summary>For those who may not look where the checkout lies, or to have another file of the same program.</summary>
    /// <returns>The program's path in a copy of its directory.</returns>
    public static string Copy(string program, string home)
    {
        var from = new DirectoryInfo(Path.GetDirectoryName(program)!);
        var to = Path.Combine(home, "programs", from.Parent!.Name);
        if (!Directory.Exists(to))
        {
            foreach (var file in from.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(to, Path.GetRelativePath(from.FullName, file.FullName));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                file.CopyTo(target);
            }
        }

        return Path.Combine(to, Path.GetFileName(program));
    }

    /// <summary>The tests run from <c>artifacts/bin/&lt;project&gt;/&lt;configuration&gt;</c>.</summary>
    private static string Find(string project, string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var path = Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, program);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{program} is not built for '{here.Name}'", path);
    }
}
