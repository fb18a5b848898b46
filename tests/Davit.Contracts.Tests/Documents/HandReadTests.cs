using System.Globalization;
using System.Text.RegularExpressions;
using Davit.Cli.Contracts;
using Davit.Contracts.Documents;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.Protobuf.Model;
using Davit.Testing;

namespace Davit.Contracts.Tests.Documents;

/// <summary>What is read by hand, because regular expressions start slowly, is what the expressions of the specifications say.</summary>
public sealed partial class HandReadTests
{
    private const int Tries = 20_000;

    [Fact]
    public void Numbers_of_YAML_are_those_of_its_specification() => Agree("0179aAfF.eE+-xo", 7, t => YamlNumber.IsOne(t), t => Number().IsMatch(t));

    [Fact]
    public void Versions_are_those_of_the_specification()
    {
        Agree("01279.", 6, t => SemanticVersion.Strict(t)?.ToString(), t => Told(Strict().Match(t)));
        Agree("012.-+aZv\n", 14, t => SemanticVersion.Strict($"1.0.{t}")?.ToString(), t => Told(Strict().Match($"1.0.{t}")));
        Agree("012.-+aZv\n", 14, t => SemanticVersion.Lenient($"v1.2.{t}")?.ToString(), t => Told(Lenient().Match($"v1.2.{t}")));
        SemanticVersion.Strict("1.99999999999.0").ShouldBeNull();
        SemanticVersion.Strict(null).ShouldBeNull();
    }

    [Fact]
    public void Variables_of_paths_stand_in_braces() => Agree("a/{}", 12, t => Told(new PathTemplate(t)), t => $"{Variable().Replace(t, "{}")} {string.Join(' ', Variable().Matches(t).Select(m => m.Groups["name"].Value))}");

    [Fact]
    public void A_format_is_named_where_a_member_begins()
    {
        string[] parts = ["openapi", "swagger", "asyncapi", ":", " ", "\n", "\"", "'", "{", ",", "3", "x"];
        Agree([.. parts], 9, FormatDeclaration.IsIn, t => Declaration().IsMatch(t));
    }

    [Fact]
    public void Variables_of_templates_have_patterns() =>
        Agree("a/{}=*", 12, t => new HttpBinding("", t, "", "").Template, t => Template().Replace(t, m => m.Groups["pattern"].Success ? "{" + m.Groups["pattern"].Value + "}" : "{*}"));

    [Fact]
    public void A_day_is_a_word()
    {
        string[] parts = ["2027-03-31", "2027-13-31", "-", "2", "_", " ", "x", "\u0300"];
        Agree(parts, 4, t => Deprecation.DayIn(t)?.DayNumber, t => Day().Match(t) is { Success: true } day && DateOnly.TryParseExact(day.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.DayNumber : null);
    }

    private static void Agree<T>(string letters, int most, Func<string, T> read, Func<string, T> expected) => Agree([.. letters.Select(l => l.ToString())], most, read, expected);

    private static void Agree<T>(string[] parts, int most, Func<string, T> read, Func<string, T> expected)
    {
        var dice = new Dice("hand read");
        for (var i = 0; i < Tries; i++)
        {
            var text = string.Concat(Enumerable.Range(0, dice.Next(most + 1)).Select(_ => dice.Of(parts)));
            read(text).ShouldBe(expected(text), text);
        }
    }

    private static string Told(PathTemplate path) => $"{path.Blank} {string.Join(' ', path.Variables)}";

    private static string? Told(Match match) => match.Success ? new SemanticVersion(Part(match, "major"), Part(match, "minor"), Part(match, "patch")).ToString() : null;

    private static int Part(Match match, string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"^v?(?<major>0|[1-9][0-9]*)\.(?<minor>0|[1-9][0-9]*)\.(?<patch>0|[1-9][0-9]*)(?:-(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Strict();

    [GeneratedRegex(@"^v?(?<major>0|[1-9][0-9]*)\.(?<minor>0|[1-9][0-9]*)\.(?<patch>0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Lenient();

    [GeneratedRegex(@"\{(?<name>[^{}/]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Variable();

    [GeneratedRegex("(^|\\n|[{,]\\s*)[\"']?(openapi|swagger|asyncapi)[\"']?\\s*:\\s*[\"']?[0-9]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\{[^=}]*(=(?<pattern>[^}]*))?\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Template();

    [GeneratedRegex(@"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Day();
}
