using Davit.Contracts.Avro.Schemas;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Avro.Resolution;

/// <param name="Path">Where in the schema of the reader, such as <c>/orders/items/price</c>.</param>
internal sealed record Misfit(string Path, string Reason);

/// <summary>
/// Tells whether a reader can read everything that a writer may write, by "Schema Resolution" of the Avro specification 1.11.
/// A pair that is met again while it is judged is taken to fit, so recursive types end.
/// </summary>
internal sealed class AvroResolution(bool withNamespaces = true)
{
    private const int Deepest = 1_000;

    private readonly Dictionary<(AvroType, AvroType), Misfit> _misfits = [];
    private readonly HashSet<(AvroType, AvroType)> _assumed = [];
    private readonly Stack<(AvroType, AvroType)> _trail = [];
    private int _depth;

    /// <returns>Null when it can.</returns>
    public static Misfit? Read(AvroType writer, AvroType reader, bool withNamespaces = true) => new AvroResolution(withNamespaces).Judge(writer, reader, "");

    /// <summary>One schema matches the other as far as the choice of a branch looks: kind, name, size, promotion.</summary>
    public bool Matches(AvroType writer, AvroType reader) => (writer.Kind, reader.Kind) switch
    {
        (AvroKind.Union, _) or (_, AvroKind.Union) => true,
        var (w, r) when w == r => !writer.IsNamed || (SameName(writer, reader) && writer.Size == reader.Size),
        var (w, r) => IsPromotion(w, r),
    };

    public static bool IsPromotion(AvroKind writer, AvroKind reader) => (writer, reader) switch
    {
        (AvroKind.Int, AvroKind.Long or AvroKind.Float or AvroKind.Double) => true,
        (AvroKind.Long, AvroKind.Float or AvroKind.Double) => true,
        (AvroKind.Float, AvroKind.Double) => true,
        (AvroKind.String, AvroKind.Bytes) or (AvroKind.Bytes, AvroKind.String) => true,
        _ => false,
    };

    public bool SameName(AvroType writer, AvroType reader) =>
        reader.Name == writer.Name || reader.Aliases.Contains(writer.Name) || (!withNamespaces && reader.Name.Local == writer.Name.Local);

    private Misfit? Judge(AvroType writer, AvroType reader, string path)
    {
        var pair = (writer, reader);
        if (_misfits.TryGetValue(pair, out var known))
            return known with { Path = path };
        if (!_assumed.Add(pair))
            return null;
        if (_depth >= Deepest)
            throw new UnreadableException(UnreadableCodes.TooDeep, $"types refer to each other more than {Deepest} deep", reader.Node.Where);
        var height = _trail.Count;
        _trail.Push(pair);
        _depth++;
        var misfit = Resolve(writer, reader, path);
        _depth--;
        if (misfit is null)
            return null;

        // A misfit found on friendly assumptions is certain; what fitted on them meanwhile is not.
        while (_trail.Count > height)
            _assumed.Remove(_trail.Pop());
        return _misfits[pair] = misfit;
    }

    private Misfit? Resolve(AvroType writer, AvroType reader, string path)
    {
        if (writer.IsUnion)
            return First(writer.Inner, branch => Judge(branch, reader, path));
        if (reader.IsUnion)
        {
            // The first branch that matches is taken, even when a later one would fit better.
            var branch = reader.Inner.FirstOrDefault(b => Matches(writer, b));
            return branch is null ? new Misfit(path, $"no branch of {reader} matches {writer}") : Judge(writer, branch, path);
        }

        if (!Matches(writer, reader))
            return new Misfit(path, writer.Kind is AvroKind.Fixed && reader.Kind is AvroKind.Fixed && SameName(writer, reader) ? $"{writer.Size} bytes were written and {reader.Size} are read" : $"{writer} is written and {reader} is read");
        return Decimals(writer, reader, path) ?? reader.Kind switch
        {
            AvroKind.Array when writer.Kind is AvroKind.Array => Judge(writer.Inner[0], reader.Inner[0], path + "/items"),
            AvroKind.Map when writer.Kind is AvroKind.Map => Judge(writer.Inner[0], reader.Inner[0], path + "/values"),
            AvroKind.Enum => Symbols(writer, reader, path),
            AvroKind.Record => First(reader.Fields, field => Field(writer, field, path)),
            _ => null,
        };
    }

    private Misfit? Field(AvroType writer, AvroField field, string path)
    {
        var below = $"{path}/{field.Name}";
        if (WrittenFor(writer, field) is { } written)
            return Judge(written.Type, field.Type, below);
        if (field.HasUsableDefault)
            return null;
        return new Misfit(below, field.Default.Exists ? "the field is not written, and its default does not fit its type" : "the field is not written, and it has no default");
    }

    /// <summary>The field of the writer that a field of the reader takes its value from.</summary>
    public static AvroField? WrittenFor(AvroType writer, AvroField field) =>
        writer.Fields.Find(w => w.Name == field.Name) ?? writer.Fields.Find(w => field.Aliases.Contains(w.Name, StringComparer.Ordinal));

    private static Misfit? Symbols(AvroType writer, AvroType reader, string path)
    {
        var unknown = reader.DefaultSymbol is null ? writer.Symbols.Except(reader.Symbols, StringComparer.Ordinal).FirstOrDefault() : null;
        return unknown is null ? null : new Misfit(path, $"the symbol {unknown} may be written, and the reader neither knows it nor has a default");
    }

    /// <summary>The bytes would be read, but as another number. More digits than before hold every number of before.</summary>
    private static Misfit? Decimals(AvroType writer, AvroType reader, string path) => (writer.Logical, reader.Logical) switch
    {
        ({ IsDecimal: true } w, { IsDecimal: true } r) when w.Scale != r.Scale => new Misfit(path, $"decimals with scale {w.Scale} are written and read with scale {r.Scale}"),
        ({ IsDecimal: true } w, { IsDecimal: true } r) when w.Precision > r.Precision => new Misfit(path, $"decimals with {w.Precision} digits are written and at most {r.Precision} are read"),
        _ => null,
    };

    private static Misfit? First<T>(IReadOnlyList<T> all, Func<T, Misfit?> judge)
    {
        foreach (var one in all)
        {
            if (judge(one) is { } misfit)
                return misfit;
        }

        return null;
    }
}
