using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Servers;

/// <summary>Callers know the old address.</summary>
internal sealed class ServerChanged : IRule<ServerPair>
{
    private static readonly RuleSpec Removed = Oas.Own("server-removed", Severity.Warning, Side.Neither, "A server is gone.");

    private static readonly RuleSpec LastRemoved = Oas.Own("server-last-removed", Severity.Breaking, Side.Neither, "The last server is gone.");

    private static readonly RuleSpec Added = Oas.Own("server-added", Severity.Note, Side.Neither, "A server is new.");

    private static readonly RuleSpec BasePath = Oas.Own("server-base-path-changed", Severity.Breaking, Side.Neither, "All paths begin with something else.");

    private static readonly RuleSpec Host = Oas.Own("server-host-changed", Severity.Warning, Side.Neither, "A server is on another host.");

    private static readonly RuleSpec Downgraded = Oas.Own("server-scheme-downgraded", Severity.Warning, Side.Neither, "A server is no longer reached by TLS.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Removed, LastRemoved, Added, BasePath, Host, Downgraded];

    public static Verdict? Judge(ServerPair pair) => pair.Change switch
    {
        ServerChange.Removed => Removed.Says($"the server {pair.OldUrl} is gone"),
        ServerChange.LastRemoved => LastRemoved.Says($"the only server {pair.OldUrl} is gone"),
        ServerChange.Added => Added.Says($"the server {pair.NewUrl} is new"),
        ServerChange.BasePath => BasePath.Says($"paths begin at {pair.NewUrl} now, not at {pair.OldUrl}"),
        ServerChange.Host => Host.Says($"the server {pair.OldUrl} is {pair.NewUrl} now"),
        ServerChange.Downgraded => Downgraded.Says($"the server {pair.OldUrl} is {pair.NewUrl} now, without TLS"),
        _ => null,
    };
}
