using Davit.Model;

namespace Davit.Manifest.Yaml;

/// <summary>
/// One value of a loaded file. Trees are built once per load, rewritten in place by the loading stages and owned by
/// that load alone; every node keeps the place it was written at through all of them.
/// </summary>
internal abstract class Node
{
    public SourceFile? File { get; init; }

    public int Line { get; init; }

    public int Column { get; init; }

    /// <summary>The merge instruction written on the node.</summary>
    public MergeTag Tag { get; init; }

    /// <summary>The value this one took the place of in a merge.</summary>
    public Node? Replaced { get; set; }

    public SourcePosition? At => File?.At(Line, Column);

    public bool IsNull => this is ScalarNode { Kind: ScalarKind.Null };

    /// <summary>The text of a string scalar, otherwise <see langword="null"/>.</summary>
    public string? AsText => this is ScalarNode { Kind: ScalarKind.Text } scalar ? scalar.Text : null;

    /// <summary>A deep copy; its values belong to another part of the load when a file is given.</summary>
    public abstract Node Clone(SourceFile? asFile = null);

    /// <summary>Equal in meaning: order of keys and places do not count.</summary>
    public abstract bool SameAs(Node? other);

    /// <summary>A text scalar at the place of this node.</summary>
    public ScalarNode TextHere(string text) => new(ScalarKind.Text, text) { File = File, Line = Line, Column = Column, Replaced = Replaced };

    public ScalarNode BoolHere(bool value) => new(ScalarKind.Bool, value ? "true" : "false") { File = File, Line = Line, Column = Column };

    public ScalarNode NullHere() => new(ScalarKind.Null, "") { File = File, Line = Line, Column = Column };

    public MapNode MapHere() => new() { File = File, Line = Line, Column = Column, Replaced = Replaced };

    public ListNode ListHere() => new() { File = File, Line = Line, Column = Column, Replaced = Replaced };
}

/// <summary><c>!reset</c> drops what lies below, <c>!override</c> takes its place whole.</summary>
internal enum MergeTag
{
    None,
    Reset,
    Override,
}
