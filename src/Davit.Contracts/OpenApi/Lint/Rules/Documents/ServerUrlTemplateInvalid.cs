using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules.Documents;

internal sealed class ServerUrlTemplateInvalid : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Error("server-url-template-invalid", "The address of a server has braces that do not match, or a variable that is not declared.", "Close every brace, and declare every variable of the address in variables.", Part.Server);

    public static Fault? Judge(Spot spot) => spot["url"].Text is { } url && Problem(url, spot["variables"]) is { } problem ? spot["url"].Is(problem) : null;

    private static string? Problem(string url, Node variables)
    {
        var open = -1;
        for (var i = 0; i < url.Length; i++)
        {
            if ((url[i] is '{' && open >= 0) || (url[i] is '}' && open < 0))
                return $"the braces of '{url}' do not match";
            if (url[i] is '{')
                open = i;
            if (url[i] is not '}')
                continue;
            var name = url[(open + 1)..i];
            if (!variables[name].Exists)
                return $"the variable '{name}' of '{url}' is not declared";
            open = -1;
        }

        return open < 0 ? null : $"the braces of '{url}' do not match";
    }
}
