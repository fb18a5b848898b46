using Davit.Contracts.Documents;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>Compiled files in one binary file, as compilers write them.</summary>
internal static class DescriptorSet
{
    private const int MostBytes = 512 << 20;
    private const int MostFiles = 20_000;

    /// <summary>Every entry has its place, and the first begins with a name, as compilers write it.</summary>
    public static bool IsOne(byte[] bytes)
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
    public static ProtoSet Read(byte[] bytes)
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
}
