using System.CommandLine;
using System.Text.RegularExpressions;
using Davit.Cli.Shell;
using Davit.Testing;

namespace Davit.Cli.Tests.Help;

/// <summary>What the command line says about itself is a contract: a change shows as a change of a file.</summary>
public sealed partial class HelpTests
{
    public static TheoryData<string> Lines => [.. All(CommandTree.Build(), []).Select(c => string.Join(' ', c.Line))];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Help_of(string line)
    {
        using var output = new StringWriter();
        CommandTree.Build().Parse([.. Words(line), "--help"]).Invoke(new InvocationConfiguration { Output = output }).ShouldBe(0);
        Snapshot.Match(output.ToString().Replace(RootCommand.ExecutableName, "davit", StringComparison.Ordinal), line is "" ? "davit" : line.Replace(' ', '-'));
    }

    [Fact]
    public void Every_verb_has_a_description_and_two_examples_that_can_be_pasted()
    {
        foreach (var (line, command) in All(CommandTree.Build(), []))
        {
            command.Description.ShouldNotBeNullOrWhiteSpace(string.Join(' ', line));
            if (command is not Verb verb)
                continue;
            verb.Examples.Count.ShouldBeGreaterThanOrEqualTo(2, string.Join(' ', line));
            foreach (var example in verb.Examples)
            {
                var parsed = CommandTree.Build().Parse(Pasted(example));
                string.Join(' ', Line(parsed.CommandResult.Command)).ShouldBe(string.Join(' ', line), example);
                parsed.Errors.ShouldBeEmpty(example);
            }
        }
    }

    [Fact]
    public void A_line_is_read_the_same_whether_one_branch_is_built_or_all()
    {
        foreach (var top in CommandTree.Build().Subcommands.SelectMany(c => c.Aliases.Prepend(c.Name)))
        {
            CommandTree.For([top]).Subcommands.ShouldHaveSingleItem(top);
            CommandTree.For([top]).Parse([top]).CommandResult.Command.Name.ShouldBe(CommandTree.Build().Parse([top]).CommandResult.Command.Name);
        }

        CommandTree.For(["--json", "status"]).Subcommands.Count.ShouldBe(CommandTree.Build().Subcommands.Count);
        CommandTree.For(["deploi"]).Subcommands.Count.ShouldBe(CommandTree.Build().Subcommands.Count);
    }

    [Fact]
    public void Every_flag_and_argument_says_what_it_is()
    {
        foreach (var (line, command) in All(CommandTree.Build(), []))
        {
            foreach (var symbol in command.Options.Concat<Symbol>(command.Arguments))
                symbol.Description.ShouldNotBeNullOrWhiteSpace($"{string.Join(' ', line)} {symbol.Name}");
        }
    }

    [Fact]
    public void No_flag_takes_a_secret() => All(CommandTree.Build(), []).SelectMany(c => c.Command.Options).Select(o => o.Name)
        .Where(n => n.Contains("token", StringComparison.Ordinal) || n.Contains("password", StringComparison.Ordinal) || n.Contains("secret", StringComparison.Ordinal))
        .ShouldAllBe(n => n.EndsWith("-file", StringComparison.Ordinal));

    /// <summary>What a shell would hand over: what stands after the program, without redirections, quoted words whole.</summary>
    private static string[] Pasted(string example) =>
        [.. Word().Matches(example.Split("davit ", 2)[1].Split(" > ")[0].Split(" < ")[0].TrimEnd(')')).Select(m => m.Value.Trim('\''))];

    [GeneratedRegex("'[^']*'|[^ ]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    private static IEnumerable<string> Line(Command command) =>
        command is RootCommand ? [] : [.. command.Parents.OfType<Command>().SelectMany(Line), command.Name];

    private static string[] Words(string line) => line is "" ? [] : line.Split(' ');

    private static IEnumerable<(string[] Line, Command Command)> All(Command command, string[] line) =>
        command.Subcommands.SelectMany(c => All(c, [.. line, c.Name])).Prepend((line, command));
}
