using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Davit.Contracts.Documents;

/// <summary>A value of a document, or none where the document says nothing.</summary>
[SuppressMessage("Usage", "CA2231", Justification = "Two nodes are the same place, or they are compared by content; an operator would not say which.")]
internal readonly struct Node(Document document, int index) : IEquatable<Node>
{
    private readonly Document? _document = document;

    public Document Document => _document ?? throw new InvalidOperationException("There is no value here.");

    public int Index { get; } = index;

    /// <summary>False for the result of asking for what is not there.</summary>
    public bool Exists => _document is not null;

    public NodeKind? Kind => Exists ? Document[Index].Kind : null;

    public bool IsObject => Kind is NodeKind.Object;

    public bool IsArray => Kind is NodeKind.Array;

    public bool IsString => Kind is NodeKind.String;

    public string? Name => Exists ? Document.NameOf(Index) : null;

    /// <summary>The text of a string.</summary>
    public string? Text => Kind is NodeKind.String ? Document.TextOf(Index) : null;

    /// <summary>The text of a string, a number, or a word; none for what holds other values.</summary>
    public string? Scalar => Kind switch
    {
        NodeKind.String or NodeKind.Number => Document.TextOf(Index),
        NodeKind.Boolean => IsTrue ? "true" : "false",
        NodeKind.Null => "null",
        _ => null,
    };

    public Numeral? Number => Kind is NodeKind.Number ? Numeral.Parse(Document.TextOf(Index)) : null;

    public bool? Boolean => Kind is NodeKind.Boolean ? IsTrue : null;

    private bool IsTrue => Document.TextOf(Index) is ['t' or 'T', ..];

    /// <summary>The member itself with its name, or the value where it has none.</summary>
    public Position Where => Document.Source.Between(Document[Index].MemberStart, Document[Index].End);

    public Node this[string name]
    {
        get
        {
            var passed = 0;
            foreach (var child in Children)
            {
                if (++passed > Document.Few)
                    return Document.MemberOf(Index, name) is >= 0 and var member ? new Node(Document, member) : default;
                if (string.Equals(child.Name, name, StringComparison.Ordinal))
                    return child;
            }

            return default;
        }
    }

    public NodeChildren Children => new(this);

    public string Excerpt(int lines) => Document.Source.Lines(Document[Index].MemberStart, Document[Index].End, lines);

    /// <summary>The JSON pointer of the value in its document, RFC 6901.</summary>
    public string Pointer
    {
        get
        {
            var pointer = new StringBuilder();
            for (var at = Document.Root; at.Index != Index;)
            {
                var position = 0;
                foreach (var child in at.Children)
                {
                    if (Index < Document[child.Index].Next)
                    {
                        pointer.Append('/').Append(at.IsArray ? position.ToString(System.Globalization.CultureInfo.InvariantCulture) : JsonPointer.Escape(child.Name!));
                        at = child;
                        break;
                    }

                    position++;
                }
            }

            return pointer.ToString();
        }
    }

    public bool Equals(Node other) => ReferenceEquals(_document, other._document) && Index == other.Index;

    public override bool Equals(object? obj) => obj is Node other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_document, Index);
}
