using Davit.Contracts.Documents;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>Compiled files in one binary file, as compilers write them.</summary>
public static class DescriptorSet
{
    private const int MostBytes = 512 << 20;
    private const int MostFiles = 20_000;

    /// <summary>Field 8042, by which buf marks what is imported: a message whose field 1 says yes.</summary>
    private static readonly byte[] ImportMark = [0xD2, 0xF6, 0x03, 0x02, 0x08, 0x01];

    /// <summary>
    /// The same set, and those files marked that are there only because others import them. The compiler does not tell them apart, and
    /// what is imported is not part of the contract.
    /// </summary>
    /// <param name="own">The names of the files that were asked for.</param>
    /// <exception cref="UnreadableException">It is malformed.</exception>
    public static byte[] Marked(byte[] set, IReadOnlyCollection<string> own)
    {
        var names = own.ToHashSet(StringComparer.Ordinal);
        var imported = new List<(int From, int End, ReadOnlyMemory<byte> File)>();
        var from = 0;
        for (var reader = new WireReader(set); reader.Next(); from = reader.End)
        {
            if (reader.Field is 1 && reader.IsLong && !names.Contains(NameOf(reader.Bytes)))
                imported.Add((from, reader.End, reader.Bytes));
        }

        // A set may be large; it is copied once.
        var marked = new byte[set.Length + imported.Sum(i => WireWriter.Size(1, i.File.Length + ImportMark.Length) - (i.End - i.From))];
        using var to = new MemoryStream(marked);
        from = 0;
        foreach (var (begin, end, file) in imported)
        {
            to.Write(set.AsSpan(from..begin));
            WireWriter.Field(to, 1, file, ImportMark);
            from = end;
        }

        to.Write(set.AsSpan(from));
        return marked;
    }

    /// <summary>Every entry has its place, and the first begins with a name, as compilers write it.</summary>
    internal static bool IsOne(byte[] bytes)
    {
        // Anything else may begin with an empty line, which is the mark of the first field; hardly anything goes on like this.
        if (bytes is not [0x0A, _, ..])
            return false;
        try
        {
            var count = 0;
            for (var reader = new WireReader(bytes); reader.Next(); count++)
            {
                if (count is 0 && (reader.Field is not 1 || !reader.IsLong || reader.Bytes.Span is not [0x0A, ..] || new WireMessage(reader.Bytes).Text(1) is null or ""))
                    return false;
            }

            return count > 0;
        }
        catch (UnreadableException)
        {
            return false;
        }
    }

    /// <exception cref="UnreadableException">It is malformed, too large, or written in an edition that is not known.</exception>
    internal static ProtoSet Read(byte[] bytes)
    {
        if (bytes.Length > MostBytes)
            throw new UnreadableException(UnreadableCodes.TooLarge, $"the descriptor set has more than {MostBytes} bytes");
        var files = new List<ProtoFile>();
        for (var reader = new WireReader(bytes); reader.Next();)
        {
            if (reader.Field is not 1)
                continue;
            if (files.Count >= MostFiles)
                throw new UnreadableException(UnreadableCodes.TooLarge, $"the contract consists of more than {MostFiles} files");
            var file = new ProtoFile(reader.Bytes);
            file.ShouldBeKnown();
            files.Add(file);
        }

        return new ProtoSet(files);
    }

    /// <summary>It stands in front of all else, as compilers write it; the rest is not looked through.</summary>
    private static string NameOf(ReadOnlyMemory<byte> file)
    {
        for (var reader = new WireReader(file); reader.Next();)
        {
            if (reader.Field is 1)
                return reader.Text;
        }

        return "";
    }
}
