using System.Buffers;
using System.Text;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Protobuf.Wire;

/// <summary>A message whose fields are asked for by number, known or not. Options are kept like this, so that those of newer editions and of others are there too.</summary>
internal readonly record struct WireMessage(ReadOnlyMemory<byte> Bytes)
{
    private const int MostParts = 100;

    public bool IsEmpty => Bytes.IsEmpty;

    private int Parts { get; init; }

    /// <summary>Both written one after the other mean both merged.</summary>
    /// <exception cref="UnreadableException">It is written in more parts than any compiler would write.</exception>
    public WireMessage With(ReadOnlyMemory<byte> more)
    {
        if (IsEmpty)
            return new(more);
        if (Parts == MostParts)
            throw new UnreadableException(UnreadableCodes.TooLarge, $"a message is written in more than {MostParts} parts");
        return new((byte[])[.. Bytes.Span, .. more.Span]) { Parts = Parts + 1 };
    }

    public bool Same(WireMessage other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

    public bool Has(int field) => Last(field) is not null;

    public bool Flag(int field) => Number(field) is not (null or 0);

    public ulong? Number(int field)
    {
        ulong? found = null;
        for (var reader = new WireReader(Bytes); reader.Next();)
        {
            if (reader.Field == field && !reader.IsLong)
                found = reader.Number;
        }

        return found;
    }

    public string? Text(int field) => Last(field) is { } last ? Encoding.UTF8.GetString(last.Span) : null;

    /// <summary>A message in the message; empty where there is none.</summary>
    public WireMessage Message(int field)
    {
        var merged = default(WireMessage);
        foreach (var part in All(field))
            merged = merged.With(part);
        return merged;
    }

    /// <summary>Every value of a repeated field of texts or messages.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> All(int field)
    {
        if (IsEmpty)
            return [];
        var all = new List<ReadOnlyMemory<byte>>();
        for (var reader = new WireReader(Bytes); reader.Next();)
        {
            if (reader.Field == field && reader.IsLong)
                all.Add(reader.Bytes);
        }

        return all;
    }

    public IReadOnlyList<string> Texts(int field) => [.. All(field).Select(t => Encoding.UTF8.GetString(t.Span))];

    /// <summary>Every value of a repeated field of numbers, packed or not.</summary>
    public IReadOnlyList<int> Numbers(int field)
    {
        var all = new List<int>();
        for (var reader = new WireReader(Bytes); reader.Next();)
        {
            if (reader.Field != field)
                continue;
            if (!reader.IsLong)
                all.Add(reader.Int);
            for (var packed = new WireReader(reader.Bytes); packed.NextPacked();)
                all.Add(packed.Int);
        }

        return all;
    }

    /// <summary>The bytes of every field, by number, in the order in which they are written.</summary>
    public Dictionary<int, ReadOnlyMemory<byte>> Fields()
    {
        var fields = new Dictionary<int, ArrayBufferWriter<byte>>();
        var from = 0;
        for (var reader = new WireReader(Bytes); reader.Next(); from = reader.End)
        {
            if (!fields.TryGetValue(reader.Field, out var field))
                fields[reader.Field] = field = new ArrayBufferWriter<byte>();
            field.Write(Bytes.Span[from..reader.End]);
        }

        return fields.ToDictionary(f => f.Key, f => f.Value.WrittenMemory);
    }

    private ReadOnlyMemory<byte>? Last(int field)
    {
        ReadOnlyMemory<byte>? found = null;
        for (var reader = new WireReader(Bytes); reader.Next();)
        {
            if (reader.Field == field)
                found = reader.Bytes;
        }

        return found;
    }
}
