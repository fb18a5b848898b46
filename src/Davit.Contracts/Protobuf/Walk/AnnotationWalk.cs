using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Protobuf.Rules;

namespace Davit.Contracts.Protobuf.Walk;

/// <summary>Walks the options of two elements: those that have rules of their own, and all others.</summary>
internal sealed class AnnotationWalk(FindingSink sink)
{
    /// <summary>Required, output only, immutable.</summary>
    private static readonly int[] Behaviors = [2, 3, 5];

    public void Walk(ElementPair pair)
    {
        if (pair.Old.Options.Same(pair.New.Options))
            return;
        sink.Judge(ProtobufRules.Elements, pair);
        var (old, @new) = (pair.Old.Options.Fields(), pair.New.Options.Fields());
        foreach (var number in old.Keys.Union(@new.Keys).Where(n => Annotations.IsCustom(pair.New, n)).Order())
            sink.Judge(ProtobufRules.Options, new OptionPair(pair, number, old.GetValueOrDefault(number), @new.GetValueOrDefault(number)));
    }

    /// <param name="pair">The new side is there; where the old one is not, the message still is older.</param>
    public void Walk(FieldPair pair)
    {
        if (pair.New is not { } @new || pair.Of is null || @new.Options.IsEmpty && pair.Old is null or { Options.IsEmpty: true } || pair.Old is { } old && old.Options.Same(@new.Options))
            return;
        var (before, now) = (pair.Old?.Options.Numbers(Annotations.FieldBehavior) ?? [], @new.Options.Numbers(Annotations.FieldBehavior));
        foreach (var behavior in Behaviors)
            sink.Judge(ProtobufRules.Behaviors, new BehaviorPair(pair, behavior, before.Contains(behavior), now.Contains(behavior)));
        if (pair.Old is not null)
            Constraints(pair, Constraint.Of(pair.Old), Constraint.Of(@new));
        else
            New(pair, @new);
    }

    /// <summary>Of the rules on a new field only one concerns those who do not know it.</summary>
    private void New(FieldPair pair, ProtoField added)
    {
        if (Constraint.Of(added).GetValueOrDefault(Constraint.Required) is { } required && new ConstraintPair(pair, null, required) is { IsSent: true } sent)
            sink.Judge(ProtobufRules.Constraints, sent);
    }

    private void Constraints(FieldPair pair, IReadOnlyDictionary<string, Constraint> old, IReadOnlyDictionary<string, Constraint> @new)
    {
        foreach (var name in old.Keys.Union(@new.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            sink.Judge(ProtobufRules.Constraints, new ConstraintPair(pair, old.GetValueOrDefault(name), @new.GetValueOrDefault(name)));
    }
}
