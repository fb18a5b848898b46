using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>A decimal is read right only at its own scale and with enough digits.</summary>
internal sealed class DecimalChanged : IRule<TypePair>
{
    private static readonly RuleSpec Scale = Avr.Fails("decimal-scale-changed", "A decimal has another scale.");

    private static readonly RuleSpec Lowered = Avr.FailsNewReaders("decimal-precision-lowered", "A decimal has fewer digits.");

    private static readonly RuleSpec Raised = Avr.FailsOldReaders("decimal-precision-raised", "A decimal has more digits.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Scale, Lowered, Raised];

    public static Verdict? Judge(TypePair pair)
    {
        if (pair is not { Old.Logical: { IsDecimal: true } old, New.Logical: { IsDecimal: true } now })
            return null;
        if (old.Scale != now.Scale)
            return Scale.Says($"the scale went from {old.Scale} to {now.Scale}");
        return old.Precision == now.Precision ? null : (now.Precision < old.Precision ? Lowered : Raised).Says($"the precision went from {old.Precision} to {now.Precision}");
    }
}
