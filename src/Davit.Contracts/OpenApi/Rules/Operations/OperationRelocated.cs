using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Operations;

/// <summary>Consumers call the old address.</summary>
internal sealed class OperationRelocated : IRule<OperationPair>
{
    private static readonly RuleSpec Moved = Oas.Own("operation-moved", Severity.Breaking, Side.Neither, "An operation has its id at another address.");

    private static readonly RuleSpec Case = Oas.Own("path-case-changed", Severity.Breaking, Side.Neither, "A path is written with other capitals.");

    private static readonly RuleSpec Slash = Oas.Own("path-trailing-slash-changed", Severity.Breaking, Side.Neither, "A path ends with a slash, or no longer does.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Moved, Case, Slash];

    public static Verdict? Judge(OperationPair pair) => pair is { Old: { } old, New: null } && Relocation.Of(pair.Of, old) is { } found
        ? Spec(found.Kind).Says($"the operation is {found.To.Method} {found.To.Path.Template.Text} now").At(old.Node, found.To.Node) : null;

    /// <summary>An operation that came or went because its address is another.</summary>
    internal static RuleSpec? Claimant(OperationPair pair) => pair switch
    {
        { Old: { } old, New: null } => Relocation.Of(pair.Of, old) is { } found ? Spec(found.Kind) : null,
        { Old: null, New: { } now } => Relocation.To(pair.Of, now) is { } kind ? Spec(kind) : null,
        _ => null,
    };

    private static RuleSpec Spec(RelocationKind kind) => kind switch { RelocationKind.Case => Case, RelocationKind.Slash => Slash, _ => Moved };
}
