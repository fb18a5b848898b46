using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Cli.Tests.Support;
using Davit.Testing;

namespace Davit.Cli.Tests.Shell;

/// <summary>Every argument and option of every verb that takes a text, as the command tree itself lists them.</summary>
public sealed class HostileTextTests
{
    private const int Parts = 150;

    /// <summary>What a verb may end with when nothing is wrong with the tool itself.</summary>
    private static readonly int[] Fair = [.. Enum.GetValues<ExitCode>().Except([ExitCode.Bug]).Select(e => (int)e)];

    public static TheoryData<string> Verbs => [.. Leaves(CommandTree.Build(), "").Select(l => l.Words)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_takes_every_text_or_says_what_is_wrong_with_it(string words)
    {
        using var davit = new Support.Davit().With("compose.yaml", "services: {web: {image: x}}\n");
        using var server = new NowhereServer();
        var (_, verb) = Leaves(CommandTree.Build(), "").Single(l => l.Words == words);
        var before = Directory.GetFileSystemEntries(davit.Home).Order(StringComparer.Ordinal).ToList();
        foreach (var text in HostileTexts.Part(words.Sum(c => c), Parts).Append("@/etc/passwd").Where(t => !t.Contains('\0', StringComparison.Ordinal) && t.Length < 60_000))
        {
            string[] line = [.. words.Split(' '), .. Texts(verb, text)];
            var ended = await davit.RunAsync(line, [("DAVIT_SERVER", server.Address), ("DAVIT_TOKEN", "davit_x"), ("NO_COLOR", "1")]);

            ended.Exit.ShouldBeOneOf(Fair, $"{string.Join(' ', line)}\n{ended}");
            ended.Error.Any(c => char.IsControl(c) && c is not '\n' and not '\t').ShouldBeFalse(ended.Error);
            ended.Error.ShouldNotContain("root:x:0", customMessage: "a file was read that nobody named");
        }

        Directory.GetFileSystemEntries(davit.Home, $"*{HostileTexts.Canary}*", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.GetFileSystemEntries(davit.Home).Order(StringComparer.Ordinal).Except(["config"], StringComparer.Ordinal).Where(e => Path.GetFileName(e) is not "config").ShouldBe(before);
    }

    private static IEnumerable<string> Texts(Command verb, string text)
    {
        foreach (var option in verb.Options.Where(o => o.ValueType == typeof(string) || o.ValueType == typeof(string[])))
            yield return $"{option.Name}={text}";
        foreach (var argument in verb.Arguments.Where(a => a.ValueType == typeof(string) || a.ValueType == typeof(string[])))
            yield return text;
    }

    private static IEnumerable<(string Words, Command Verb)> Leaves(Command at, string words) => at.Subcommands.Count is 0
        ? [(words, at)]
        : at.Subcommands.SelectMany(c => Leaves(c, words is "" ? c.Name : $"{words} {c.Name}"));
}
