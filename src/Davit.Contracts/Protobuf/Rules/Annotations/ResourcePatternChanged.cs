using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Protobuf.Rules.Annotations;

/// <summary>Names of resources that were valid are no longer understood by generated helpers.</summary>
internal sealed class ResourcePatternChanged : IRule<ElementPair>
{
    private static readonly RuleSpec Spec = Pb.Own("resource-pattern-changed", Severity.Warning, "A resource has another type, or a pattern of its names is gone.");

    public static ImmutableArray<RuleSpec> Specs { get; } = [Spec];

    public static Verdict? Judge(ElementPair pair) => pair is { Old: ProtoMessage old, New: ProtoMessage @new } && !old.Options.Same(@new.Options) && IsLost(old, @new)
        ? Spec.Says($"the resource {pair.Element} is named otherwise: {Told(old)} before, {Told(@new)} now").On(Pb.At(7, Model.Annotations.Resource))
        : null;

    private static bool IsLost(ProtoMessage old, ProtoMessage @new)
    {
        var (before, now) = (old.Options.Message(Model.Annotations.Resource), @new.Options.Message(Model.Annotations.Resource));
        return !before.IsEmpty && !now.IsEmpty && (before.Text(1) != now.Text(1) || before.Texts(2).Except(now.Texts(2), StringComparer.Ordinal).Any());
    }

    private static string Told(ProtoMessage message)
    {
        var resource = message.Options.Message(Model.Annotations.Resource);
        return $"{resource.Text(1)} ({string.Join(", ", resource.Texts(2))})";
    }
}
