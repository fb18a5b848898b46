using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class ServerNotHttps : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Own("server-not-https", Severity.Warning, "A server is reached without encryption.", "Give an address with https.", Part.Server);

    public static Fault? Judge(Spot spot) => spot["url"].Text is { } url && url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !IsLocal(url["http://".Length..]) ? spot["url"].Is($"'{url}' is reached without encryption") : null;

    private static bool IsLocal(string rest) => rest.Split('/', ':')[0] is "localhost" or "127.0.0.1" or "[" or "0.0.0.0" or "host.docker.internal";
}
