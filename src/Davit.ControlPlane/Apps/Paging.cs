using System.Buffers.Text;
using System.Text;
using Davit.Model;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Apps;

/// <summary>Lists come in pages; a cursor names the last item seen, so it stays right while rows are added.</summary>
internal sealed record Paging(int? Limit, string? Cursor)
{
    private const int Usual = 50;
    private const int Most = 200;

    public int Take => Math.Clamp(Limit ?? Usual, 1, Most);

    /// <returns>The key after which the page begins, "" for the first page.</returns>
    public string After()
    {
        if (string.IsNullOrEmpty(Cursor))
            return "";
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(Cursor));
        }
        catch (FormatException e)
        {
            throw new ProblemException(ApiProblems.BadCursor(), e);
        }
    }

    /// <summary>The page and one row more, by which it is known whether there is another.</summary>
    public ListPart Part(Guid[]? only = null) => new(After(), Take + 1, only);

    public int Before() => After() is { Length: > 0 } text
        ? int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : throw new ProblemException(ApiProblems.BadCursor())
        : int.MaxValue;

    /// <param name="rows">One more than the page, when there is more.</param>
    public Page<TView> Of<TRow, TView>(IReadOnlyList<TRow> rows, Func<TRow, TView> view, Func<TRow, string> key) => rows.Count > Take
        ? new([.. rows.Take(Take).Select(view)], Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key(rows[Take - 1]))))
        : new([.. rows.Select(view)], null);
}
