namespace Davit.Contracts.Tests.OpenApi.Lint;

/// <summary>A document in which a rule finds something, and one in which it finds nothing.</summary>
/// <param name="Id">Without the prefix.</param>
/// <param name="Others">What else is found in the bad one, without the prefix.</param>
internal sealed record LintCase(string Id, string Bad, string Good, params string[] Others)
{
    private const string Rest = "info: { title: T, version: '1' }\npaths: {}\n";

    public static string Doc(string version, string members) => $"openapi: {version}\n{Rest}{members}\n";

    /// <summary>Two schemas that are put into the same document.</summary>
    public static LintCase Schema(string version, string id, string bad, string good, params string[] others) =>
        new(id, Component(version, "schemas", bad), Component(version, "schemas", good), others);

    /// <summary>The same for other kinds of components.</summary>
    public static LintCase Of(string version, string kind, string id, string bad, string good, params string[] others) =>
        new(id, Component(version, kind, bad), Component(version, kind, good), others);

    /// <summary>Two operations under the same path.</summary>
    public static LintCase Operation(string version, string id, string bad, string good, params string[] others) =>
        new(id, Called(version, bad), Called(version, good), others);

    /// <summary>Members at the top of the same document.</summary>
    public static LintCase Root(string version, string id, string bad, string good, params string[] others) => new(id, Doc(version, bad), Doc(version, good), others);

    private static string Component(string version, string kind, string text) => Doc(version, $"components: {{ {kind}: {{ A: {text} }} }}");

    private static string Called(string version, string operation) => $"openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{ '/a/{{id}}': {{ get: {operation} }} }}\n";
}
