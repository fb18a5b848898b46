namespace Davit.Cli.Contracts.Protobuf;

/// <summary>
/// Marks the files of a descriptor set that are there only because others import them, by the extension that buf has for it. The
/// compiler does not tell them apart, and what is imported is not part of the contract.
/// </summary>
internal static class ImportMarks
{
    /// <summary>Field 8042, a message whose field 1 says yes.</summary>
    private static readonly byte[] Mark = [0xD2, 0xF6, 0x03, 0x02, 0x08, 0x01];

    /// <param name="set">As the compiler wrote it: one file after the other, each beginning with its name.</param>
    /// <param name="own">The files that were asked for.</param>
    public static byte[] Set(byte[] set, IReadOnlyCollection<string> own)
    {
        var names = own.ToHashSet(StringComparer.Ordinal);
        using var marked = new MemoryStream(set.Length + 1024);
        for (var at = 0; at < set.Length;)
        {
            at++;
            var length = Varint(set, ref at);
            var file = set.AsSpan(at, length);
            at += length;
            var isImport = !names.Contains(Name(file));
            marked.WriteByte(0x0A);
            Write(marked, length + (isImport ? Mark.Length : 0));
            marked.Write(file);
            if (isImport)
                marked.Write(Mark);
        }

        return marked.ToArray();
    }

    private static string Name(ReadOnlySpan<byte> file)
    {
        var at = 1;
        var length = Varint(file, ref at);
        return System.Text.Encoding.UTF8.GetString(file.Slice(at, length));
    }

    private static int Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private static void Write(MemoryStream to, int value)
    {
        for (; value >= 0x80; value >>= 7)
            to.WriteByte((byte)(value & 0x7F | 0x80));
        to.WriteByte((byte)value);
    }
}
