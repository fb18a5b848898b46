using System.Globalization;

namespace Davit.Contracts.Documents;

/// <summary>JSON pointers, RFC 6901.</summary>
internal static class JsonPointer
{
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <returns>No node when the pointer leads to nothing.</returns>
    public static Node Follow(Node from, string pointer)
    {
        if (pointer is "")
            return from;
        if (pointer[0] is not '/')
            return default;
        foreach (var step in pointer[1..].Split('/'))
            from = Step(from, step);
        return from;
    }

    /// <summary>What one part of a pointer leads to.</summary>
    public static Node Step(Node from, string step) =>
        from.IsArray ? Element(from, step) : from[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];

    private static Node Element(Node array, string step)
    {
        if (!int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
            return default;
        foreach (var element in array.Children)
        {
            if (wanted-- is 0)
                return element;
        }

        return default;
    }
}
