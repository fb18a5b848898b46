using Davit.Contracts.Protobuf.Model;
using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Protobuf.Rules;

namespace Davit.Contracts.Protobuf.Walk;

/// <summary>Walks two messages and what they hold, except the types that are declared in them.</summary>
internal sealed class MessageWalk(SetPair sets, FindingSink sink)
{
    private readonly AnnotationWalk _annotations = new(sink);

    public void Walk(MessagePair pair)
    {
        sink.Judge(ProtobufRules.Messages, pair);
        var (old, @new) = (pair.Old, pair.New);
        foreach (var missing in TagRanges.Missing(old.ExtensionRanges, @new.ExtensionNumbers))
            sink.Judge(ProtobufRules.ExtensionRanges, new RangePair(old, @new, missing.Range, missing.Missing));
        foreach (var missing in TagRanges.Missing(old.Reserved, @new.ReservedNumbers))
            sink.Judge(ProtobufRules.ReservedRanges, new RangePair(old, @new, missing.Range, missing.Missing));
        foreach (var name in old.ReservedNames)
            sink.Judge(ProtobufRules.ReservedNames, new ReservedNamePair(old, @new, name, @new.ReservedNames.Contains(name)));
        Oneofs(pair);
        Fields(pair);
    }

    public void Walk(FieldPair pair)
    {
        sink.Judge(ProtobufRules.Fields, pair);
        _annotations.Walk(pair);
        if (pair is { Old.SaysRequired: true } or { New.SaysRequired: true } && pair.Of is not null)
            sink.Judge(ProtobufRules.Required, new RequiredPair(pair));
        if (pair is { Old: { } old, New: { } @new })
            _annotations.Walk(new ElementPair(old, @new));
        else if (pair is { Old: { } gone, New: null })
            sink.Judge(ProtobufRules.Removals, new RemovalPair(gone, pair.After, pair.IsAnnouncedRemoval));
        else if (pair.New is { } added && !added.IsMapEntryField)
            sink.Judge(ProtobufRules.Additions, new AdditionPair(added));
    }

    private void Walk(OneofPair pair)
    {
        sink.Judge(ProtobufRules.Oneofs, pair);
        if (pair.New is { } @new)
            _annotations.Walk(new ElementPair(pair.Old, @new));
    }

    private void Oneofs(MessagePair pair)
    {
        var (olds, news) = (ByName(pair.Old), ByName(pair.New));
        foreach (var (name, oneof) in olds)
            Walk(new OneofPair(pair, oneof, news.GetValueOrDefault(name)));
        foreach (var (_, added) in news.Where(o => !o.Value.IsSynthetic && !olds.ContainsKey(o.Key)))
            sink.Judge(ProtobufRules.Additions, new AdditionPair(added));
    }

    private static Dictionary<string, ProtoOneof> ByName(ProtoMessage message) => message.Oneofs.DistinctBy(o => o.Name, StringComparer.Ordinal).ToDictionary(o => o.Name, StringComparer.Ordinal);

    private void Fields(MessagePair pair)
    {
        var open = new Dictionary<int, ProtoField>();
        foreach (var field in pair.New.Fields)
            open.TryAdd(field.Number, field);
        foreach (var old in pair.Old.Fields.DistinctBy(f => f.Number))
        {
            open.Remove(old.Number, out var partner);
            Walk(new FieldPair(sets, pair, old, partner));
        }

        foreach (var added in pair.New.Fields.Where(f => open.ContainsKey(f.Number)))
            Walk(new FieldPair(sets, pair, null, added));
    }
}
