using Davit.Contracts.Documents;

namespace Davit.Contracts.AsyncApi.Pointers;

/// <summary>A place where two documents say something else.</summary>
/// <param name="Steps">From the root, as a JSON pointer writes them.</param>
/// <param name="Old">Nothing where it is new.</param>
internal sealed record PointerChange(IReadOnlyList<string> Steps, Node Old, Node New)
{
    public string Pointer => "/" + string.Join('/', Steps);

    /// <summary>The last step; the root has none.</summary>
    public string Name => Steps is [.., var last] ? last : "";

    public string Told => Steps is [] ? "the description" : $"'{Name}'";

    public bool IsAdded => !Old.Exists;

    public bool IsRemoved => !New.Exists;
}
