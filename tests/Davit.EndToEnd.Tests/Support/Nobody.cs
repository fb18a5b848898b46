namespace Davit.EndToEnd.Tests.Support;

/// <summary>An account without rights.</summary>
internal static class Nobody
{
    private const string Id = "65534";

    public static async Task OwnAsync(params string[] paths) => (await new Program("chown", [$"{Id}:{Id}", .. paths]).RunAsync(CancellationToken.None)).ShouldSucceed();

    public static (string Program, string[] Arguments) Run(string program, string[] arguments) =>
        ("setpriv", [$"--reuid={Id}", $"--regid={Id}", "--clear-groups", program, .. arguments]);

    /// <summary>Checkouts often lie where only their owner may look.</summary>
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
}
