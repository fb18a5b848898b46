namespace Davit.Contracts.Tests.OpenApi.Pairs;

/// <summary>Two descriptions, and the rule that must tell of the way from the first to the second.</summary>
/// <param name="Rule">Without the prefix of the format.</param>
internal sealed record RulePair(string Rule, string Old, string New)
{
    /// <summary>Days of notice that the team agreed on.</summary>
    public int Notice { get; init; }

    /// <summary>Two forms of one path.</summary>
    public static RulePair Path(string rule, string old, string @new, string rest = "") => new(rule, OfPath(old, rest), OfPath(@new, rest));

    /// <summary>Members of one operation, besides an answer.</summary>
    public static RulePair Get(string rule, string old, string @new, string rest = "") => Path(rule, Operation(old), Operation(@new), rest);

    /// <summary>Two forms of one parameter; nothing where there is none.</summary>
    public static RulePair Parameter(string rule, string old, string @new) => Get(rule, $"parameters: [{old}]", $"parameters: [{@new}]");

    /// <summary>Two forms of the body of a request.</summary>
    public static RulePair Body(string rule, string old, string @new) => Get(rule, old is "" ? "" : $"requestBody: {old}", @new is "" ? "" : $"requestBody: {@new}");

    /// <summary>Two forms of the answers.</summary>
    public static RulePair Answers(string rule, string old, string @new) => Path(rule, $"{{ get: {{ responses: {old} }} }}", $"{{ get: {{ responses: {@new} }} }}");

    /// <summary>Members at the top, besides one path.</summary>
    public static RulePair Top(string rule, string old, string @new) => Path(rule, Operation(""), Operation("")) with { Old = OfPath(Operation(""), old), New = OfPath(Operation(""), @new) };

    private static string Operation(string members) => $"{{ get: {{ {(members is "" ? "" : members + ", ")}responses: {{ '200': {{ description: Fine }} }} }} }}";

    private static string OfPath(string path, string rest) => $"openapi: 3.2.0\ninfo: {{ title: T, version: 1.0.0 }}\npaths:\n  /a: {path}\n{rest}\n";
}
