using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Another version of AsyncAPI is nothing on the wire.</summary>
internal sealed class VersionChanged : IRule<DocumentPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.Version.Specs;

    public static Verdict? Judge(DocumentPair pair) => pair.Old.Root["asyncapi"].Scalar == pair.New.Root["asyncapi"].Scalar ? null
        : Families.Version.Changed.Says($"the description is written in {pair.New.Root["asyncapi"].Scalar} now, not in {pair.Old.Root["asyncapi"].Scalar}").At(pair.Old.Root["asyncapi"], pair.New.Root["asyncapi"]);
}
