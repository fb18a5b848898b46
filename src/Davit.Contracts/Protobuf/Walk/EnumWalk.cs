using Davit.Contracts.Protobuf.Pairs;
using Davit.Contracts.Protobuf.Rules;

namespace Davit.Contracts.Protobuf.Walk;

/// <summary>Walks two enums and their values, by number: a number may have several names.</summary>
internal sealed class EnumWalk(FindingSink sink)
{
    private readonly AnnotationWalk _annotations = new(sink);

    public void Walk(EnumPair pair)
    {
        sink.Judge(ProtobufRules.Enums, pair);
        foreach (var missing in TagRanges.Missing(pair.Old.Reserved, pair.New.ReservedNumbers))
            sink.Judge(ProtobufRules.ReservedRanges, new RangePair(pair.Old, pair.New, missing.Range, missing.Missing));
        foreach (var name in pair.Old.ReservedNames)
            sink.Judge(ProtobufRules.ReservedNames, new ReservedNamePair(pair.Old, pair.New, name, pair.New.ReservedNames.Contains(name)));
        Values(pair);
    }

    private void Values(EnumPair pair)
    {
        var news = pair.New.Values.ToLookup(v => v.Number);
        foreach (var old in pair.Old.Values.GroupBy(v => v.Number))
        {
            var number = new EnumNumberPair(pair, old.Key, [.. old], [.. news[old.Key]]);
            sink.Judge(ProtobufRules.EnumNumbers, number);
            if (number.New is [])
                sink.Judge(ProtobufRules.Removals, new RemovalPair(number.Old[0], number.After, number is { IsNumberReserved: true, AreNamesReserved: true } && number.Old.All(v => v.IsDeprecated)));
            var named = number.Old.DistinctBy(o => o.Name, StringComparer.Ordinal).ToDictionary(o => o.Name, StringComparer.Ordinal);
            foreach (var value in number.New)
            {
                var partner = named.GetValueOrDefault(value.Name);
                sink.Judge(ProtobufRules.EnumValues, new EnumValuePair(number, partner, value));
                if (partner is not null)
                    _annotations.Walk(new ElementPair(partner, value));
            }
        }

        var olds = pair.Old.Values.Select(v => v.Number).ToHashSet();
        foreach (var added in pair.New.Values.Where(v => !olds.Contains(v.Number)))
            sink.Judge(ProtobufRules.Additions, new AdditionPair(added));
    }
}
