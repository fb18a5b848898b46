using System.Runtime.CompilerServices;
using Shouldly;

namespace Davit.Testing;

/// <summary>
/// Compares text with the <c>.txt</c> file next to the test. Set DAVIT_ACCEPT=1 to rewrite the files, then read the
/// diff like any other change.
/// </summary>
public static class Snapshot
{
    public static void Match(string actual, string variant = "", [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(file)}.{test}{(variant is "" ? "" : "." + variant)}.txt";
        var path = Path.Combine(Path.GetDirectoryName(file)!, "snapshots", name);
        var text = string.Join('\n', actual.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd())).Trim('\n') + "\n";

        if (Environment.GetEnvironmentVariable("DAVIT_ACCEPT") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.Exists(path).ShouldBeTrue($"no snapshot yet: run with DAVIT_ACCEPT=1 to create {path}");
        text.ShouldBe(File.ReadAllText(path));
    }
}
