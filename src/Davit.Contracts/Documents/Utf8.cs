using System.Text;

namespace Davit.Contracts.Documents;

internal static class Utf8
{
    /// <summary>What some editors put in front of a text to say that it is UTF-8.</summary>
    public static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="UnreadableException">The bytes are something else, <see cref="UnreadableCodes.Encoding"/>.</exception>
    public static void Check(SourceText text)
    {
        if (System.Text.Unicode.Utf8.IsValid(text.Bytes))
            return;
        var valid = 0;
        while (Rune.DecodeFromUtf8(text.Bytes.AsSpan(valid), out _, out var length) is System.Buffers.OperationStatus.Done)
            valid += length;
        throw new UnreadableException(UnreadableCodes.Encoding, "the file is not UTF-8 at this place", text.Between(valid, valid));
    }
}
