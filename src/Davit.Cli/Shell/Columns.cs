namespace Davit.Cli.Shell;

/// <summary>How wide the columns of a table are.</summary>
internal static class Columns
{
    private const int Gap = 2;
    private const int Narrowest = 6;

    /// <summary>As wide as the widest cell; on a narrow terminal the widest columns give way first, and none below what can still be told apart.</summary>
    public static int[] Fit(IReadOnlyList<string[]> rows, int? width)
    {
        var widths = rows[0].Select((_, column) => rows.Max(r => r[column].Length)).ToArray();
        while (width is { } limit && widths.Sum() + (Gap * (widths.Length - 1)) > limit && widths.Max() > Narrowest)
            widths[Array.IndexOf(widths, widths.Max())]--;
        return widths;
    }

    public static string Cell(string text, int width) => text.Length <= width ? text.PadRight(width) : text[..(width - 1)] + '…';
}
