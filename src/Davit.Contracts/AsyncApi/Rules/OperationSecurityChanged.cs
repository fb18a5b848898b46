using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Who could call the operation may be turned away.</summary>
internal sealed class OperationSecurityChanged : IRule<SecurityPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.OperationSecurity.Specs;

    public static Verdict? Judge(SecurityPair pair) => SecurityVerdicts.Judge(Families.OperationSecurity, pair);
}
