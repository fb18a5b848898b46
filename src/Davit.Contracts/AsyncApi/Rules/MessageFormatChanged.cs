using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Whoever reads the old form does not understand the new one.</summary>
internal sealed class MessageFormatChanged : IRule<FormatPair>
{
    public static ImmutableArray<RuleSpec> Specs => Families.MessageFormat.Specs;

    public static Verdict? Judge(FormatPair pair) => pair switch
    {
        _ when pair.Old == pair.New => null,
        { Old: "" } => Families.MessageFormat.Added.Says($"{pair.Told} is {pair.New} now and was not told before"),
        { New: "" } => Families.MessageFormat.Removed.Says($"{pair.Told} is no longer said to be {pair.Old}"),
        _ => Families.MessageFormat.Changed.Says($"{pair.Told} is {pair.New} now, not {pair.Old}"),
    };
}
