using System.Text.RegularExpressions;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed partial class ExampleContainsSecret : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("example-contains-secret", Severity.Warning, "An example looks like a real secret.", "Withdraw the secret, and write one that is clearly made up.", Part.Schema, Part.Parameter, Part.Header, Part.MediaType, Part.Example);

    public static Fault? Judge(Spot spot) => ((string[])["example", "examples", "default", "value", "dataValue"]).Select(k => spot[k]).Select(Secret).FirstOrDefault(s => s.Exists) is { Exists: true } secret ? secret.Is("this looks like a real secret") : null;

    private static Node Secret(Node value)
    {
        if (value.IsString)
            return value.Text is { Length: >= 16 and <= 8_192 } text && Form().IsMatch(text) ? value : default;
        foreach (var child in value.Children)
        {
            if (Secret(child) is { Exists: true } secret)
                return secret;
        }

        return default;
    }

    /// <summary>Tokens of well-known issuers and private keys.</summary>
    [GeneratedRegex("(^|[^A-Za-z0-9])(AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,}|glpat-[A-Za-z0-9_-]{20,}|sk_live_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{20,}|AIza[A-Za-z0-9_-]{35}|-----BEGIN [A-Z ]*PRIVATE KEY-----)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
