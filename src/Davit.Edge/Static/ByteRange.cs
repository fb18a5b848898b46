using System.Globalization;
using System.Net.Http.Headers;

namespace Davit.Edge.Static;

/// <summary>What part of a file a request asks for (RFC 9110 section 14). Several ranges at once are answered with the whole.</summary>
internal readonly record struct ByteRange(long From, long To)
{
    public long Length => To - From + 1;

    public string ContentRange(long length) => string.Create(CultureInfo.InvariantCulture, $"bytes {From}-{To}/{length}");

    /// <returns>False when the one range asked for lies outside.</returns>
    public static bool TryFind(string field, long length, out ByteRange? range)
    {
        range = null;
        if (!RangeHeaderValue.TryParse(field, out var asked) || asked is not { Unit: "bytes", Ranges.Count: 1 })
            return true;

        var only = asked.Ranges.First();
        var from = only.From ?? Math.Max(0, length - only.To!.Value);
        var to = only.From is null ? length - 1 : Math.Min(only.To ?? (length - 1), length - 1);
        if (from >= length || from > to)
            return false;

        range = new ByteRange(from, to);
        return true;
    }
}
