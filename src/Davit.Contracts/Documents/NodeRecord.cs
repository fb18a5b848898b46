namespace Davit.Contracts.Documents;

/// <summary>
/// One value of a document. Records lie in the order of the text, a value before what it holds, so the first child of a value
/// follows it and <see cref="Next"/> skips over the rest of it.
/// </summary>
internal struct NodeRecord
{
    public int Start;
    public int End;

    /// <summary>The record after this value and everything in it.</summary>
    public int Next;

    /// <summary>In the names of the document; -1 for what is not a member.</summary>
    public int Name;

    /// <summary>Where the member begins, with its name.</summary>
    public int MemberStart;

    /// <summary>In the texts of the document; -1 when the text stands in the source as it is.</summary>
    public int Text;

    public NodeKind Kind;
}
