namespace Davit.Contracts.Documents;

internal static class DocumentReader
{
    /// <exception cref="UnreadableException">The text is malformed, no UTF-8, or beyond a limit.</exception>
    public static Document Read(string name, byte[] bytes, ReadLimits? limits = null)
    {
        limits ??= ReadLimits.Default;
        var source = new SourceText(name, bytes);
        if (bytes.Length > limits.Bytes)
            throw new UnreadableException(UnreadableCodes.TooLarge, $"the file is larger than {limits.Bytes >> 20} MiB", source.Between(0, 0));
        Utf8.Check(source);
        return IsJson(bytes) ? JsonDocumentReader.Read(source, limits) : YamlDocumentReader.Read(source, limits);
    }

    /// <summary>A contract is an object, and a YAML file that begins with a brace is JSON in all that matters.</summary>
    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith(Utf8.Mark) ? bytes[Utf8.Mark.Length..] : bytes;
        return text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
    }
}
