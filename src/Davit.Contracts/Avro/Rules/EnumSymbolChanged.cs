using System.Collections.Immutable;
using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Avro.Rules;

/// <summary>An unknown symbol is read as the default of the reader, if it has one.</summary>
internal sealed class EnumSymbolChanged : IRule<SymbolPair>
{
    private static readonly RuleSpec Added = Avr.FailsOldReaders("enum-symbol-added", "Old readers do not know a symbol.");

    private static readonly RuleSpec AddedSafely = Avr.Tells("enum-symbol-added-with-default", "Old readers read a new symbol as their default.");

    private static readonly RuleSpec Removed = Avr.FailsNewReaders("enum-symbol-removed", "New readers do not know a symbol.");

    private static readonly RuleSpec RemovedSafely = Avr.Tells("enum-symbol-removed-with-default", "New readers read a removed symbol as their default.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Added, AddedSafely, Removed, RemovedSafely];

    public static Verdict? Judge(SymbolPair pair) => pair switch
    {
        { Old: null, New: { } added } => (pair.Of.Old.DefaultSymbol is null ? Added : AddedSafely).Says($"the symbol {added} is new"),
        { Old: { } removed, New: null } => (pair.Of.New.DefaultSymbol is null ? Removed : RemovedSafely).Says($"the symbol {removed} is gone"),
        _ => null,
    };
}
