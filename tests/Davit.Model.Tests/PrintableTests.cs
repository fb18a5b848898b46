using System.Collections.Immutable;

namespace Davit.Model.Tests;

/// <summary>What others wrote never steers the terminal or the log that it is shown in.</summary>
public sealed class PrintableTests
{
    [Theory]
    [InlineData("a\nb", "a\\nb", "a\nb")]
    [InlineData("a\r\nb", "a\\r\\nb", "a\nb")]
    [InlineData("a\tb", "a\\tb", "a\tb")]
    [InlineData("\u001b[2J", "\\u001b[2J", "\\u001b[2J")]
    [InlineData("\u009b2J", "\\u009b2J", "\\u009b2J")]
    [InlineData("user\u202egpj.exe", "user\\u202egpj.exe", "user\\u202egpj.exe")]
    [InlineData("größe 船 \\n", "größe 船 \\n", "größe 船 \\n")]
    public void Only_what_steers_is_written_out(string text, string line, string lines)
    {
        Printable.Line(text).ShouldBe(line);
        Printable.Lines(text).ShouldBe(lines);
    }

    [Fact]
    public void Faults_are_one_line_and_problems_only_print()
    {
        var fault = new Fault(ProblemCatalog.All[0], Severity.Error, "the key 'a\nb' is not known", new SourcePosition("a\u001b.yaml", 1, 1), "") { Suggestions = ["c\nd"] };
        var problem = new Problem(ProblemCatalog.All[0], "two\nlines \u001b[31m", "run \u0007") { Faults = ImmutableArray.Create(fault) };

        fault.Message.ShouldBe("the key 'a\\nb' is not known");
        fault.ToString().Any(char.IsControl).ShouldBeFalse();
        (fault with { Message = "x\ny" }).Message.ShouldBe("x\\ny");
        problem.Detail.ShouldBe("two\nlines \\u001b[31m");
        (problem with { Hint = "\u001b" }).Hint.ShouldBe("\\u001b");
    }
}
