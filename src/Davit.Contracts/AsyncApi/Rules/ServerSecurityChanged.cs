using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Who could connect may be turned away.</summary>
internal sealed class ServerSecurityChanged : IRule<SecurityPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.ServerSecurity.Specs;

    public static Verdict? Judge(SecurityPair pair) => SecurityVerdicts.Judge(Families.ServerSecurity, pair);
}
