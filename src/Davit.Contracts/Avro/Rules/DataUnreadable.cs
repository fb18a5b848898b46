using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Avro.Resolution;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>The resolution fails where no other rule says why.</summary>
internal sealed class DataUnreadable : IRule<WholePair>
{
    private static readonly RuleSpec Backward = Avr.FailsNewReaders("old-data-unreadable", "New readers cannot read old data.");

    private static readonly RuleSpec Forward = Avr.FailsOldReaders("new-data-unreadable", "Old readers cannot read new data.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Backward, Forward];

    public static Verdict? Judge(WholePair pair)
    {
        if (!pair.IsToldBackward && AvroResolution.Read(pair.Old, pair.New) is { } backward)
            return Backward.Says($"at {(backward.Path is "" ? "/" : backward.Path)}: {backward.Reason}");
        return !pair.IsToldForward && AvroResolution.Read(pair.New, pair.Old) is { } forward ? Forward.Says($"at {(forward.Path is "" ? "/" : forward.Path)}: {forward.Reason}") : null;
    }
}
