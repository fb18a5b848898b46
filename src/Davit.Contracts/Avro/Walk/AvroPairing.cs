using Davit.Contracts.Avro.Pairs;
using Davit.Contracts.Avro.Schemas;

namespace Davit.Contracts.Avro.Walk;

/// <summary>Finds which fields of two records belong together.</summary>
internal static class AvroPairing
{
    /// <summary>By name, then by the aliases of the new record, then by place and type when both names are of one side only.</summary>
    public static IEnumerable<FieldPair> Fields(AvroType old, AvroType @new)
    {
        var open = @new.Fields.ToList();
        foreach (var field in old.Fields)
        {
            var partner = @new.Fields.Find(n => n.Name == field.Name)
                ?? open.Find(n => n.Aliases.Contains(field.Name, StringComparer.Ordinal) && !old.Fields.Exists(o => o.Name == n.Name));
            var isRename = false;
            if (partner is null && Twin(old, @new, field) is { } twin && open.Contains(twin))
                (partner, isRename) = (twin, true);
            if (partner is not null)
                open.Remove(partner);
            yield return new FieldPair(field, partner, isRename);
        }

        foreach (var added in open)
            yield return new FieldPair(null, added);
    }

    /// <summary>A new field without a default that stands where one of the same type is gone.</summary>
    private static AvroField? Twin(AvroType old, AvroType @new, AvroField field)
    {
        var place = old.Fields.IndexOf(field);
        return old.Fields.Count == @new.Fields.Count && @new.Fields[place] is var twin && twin.Type.Title == field.Type.Title
            && !twin.Default.Exists && !field.Default.Exists && !old.Fields.Exists(o => o.Name == twin.Name || twin.Aliases.Contains(o.Name, StringComparer.Ordinal)) ? twin : null;
    }
}
