using System.Text.RegularExpressions;

namespace Davit.Contracts.OpenApi.Lint.Rules.Schemas;

/// <summary>Only what no reading of ECMA-262 allows is told; expressions that this platform does not know are left alone.</summary>
internal sealed class SchemaPatternRegexInvalid : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("schema-pattern-regex-invalid", "A pattern is no regular expression.", "Correct the expression; it is one of ECMA-262.", Part.Schema);

    public static Fault? Judge(Spot spot) => spot["pattern"] is { IsString: true } pattern && Problem(pattern.Text!) is { } problem ? pattern.Is($"the pattern is no regular expression: {problem}") : null;

    private static string? Problem(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(10));
            return null;
        }
        catch (RegexParseException wrong)
        {
            return wrong.Error switch
            {
                RegexParseError.InsufficientClosingParentheses => "a parenthesis is not closed",
                RegexParseError.InsufficientOpeningParentheses => "a parenthesis is not opened",
                RegexParseError.QuantifierAfterNothing or RegexParseError.NestedQuantifiersNotParenthesized => "there is nothing to repeat",
                RegexParseError.ReversedQuantifierRange => "it is to be repeated at least more often than at most",
                RegexParseError.UnescapedEndingBackslash => "it ends with a backslash",
                RegexParseError.UnterminatedBracket when !HasEmptyClass(pattern) => "a bracket is not closed",
                RegexParseError.ReversedCharacterRange when !HasEmptyClass(pattern) && !pattern.Any(char.IsSurrogate) => "a range of characters is the wrong way round",
                _ => null,
            };
        }
    }

    /// <summary>There a class may be empty; here its first bracket is one of its characters.</summary>
    private static bool HasEmptyClass(string pattern) => pattern.Contains("[]", StringComparison.Ordinal) || pattern.Contains("[^]", StringComparison.Ordinal);
}
