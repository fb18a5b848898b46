using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Walk;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>One object of a description, and what stands around it.</summary>
internal sealed class Spot(Part part, Node node, LintContext context, Spot? around = null)
{
    public Part Part { get; } = part;

    /// <summary>The kind of what a reference stands for.</summary>
    public Part Target { get; init; } = part;

    public Node Node { get; } = node;

    public LintContext Context { get; } = context;

    /// <summary>The object that holds it; null for the document, and for what only references lead to.</summary>
    public Spot? Around { get; } = around;

    public SpecVersion Version => Context.Version;

    public Node this[string name] => Node[name];

    /// <summary>The name under which it stands, such as a path, a method or a status.</summary>
    public string Name => Node.Name ?? "";

    /// <summary>A path of the description, and not the address of a callback or a webhook.</summary>
    public bool IsPath => Target is Part.PathItem && Around is { Part: Part.Paths };

    /// <summary>An operation that consumers call.</summary>
    public bool IsCall => Part is Part.Operation && Around is { IsPath: true };

    public Place Place
    {
        get
        {
            var operation = this;
            while (operation is not null and not { IsCall: true } and not { IsPath: true })
                operation = operation.Around;
            var pointer = Node.Pointer;
            return operation switch
            {
                null => Place.Document.In(pointer),
                { IsCall: true } => new Place(operation.Name.ToUpperInvariant(), operation.Around!.Name, Below(operation, pointer)),
                _ => new Place("", operation.Name, Below(operation, pointer)),
            };
        }
    }

    private static string Below(Spot outer, string pointer) => pointer[outer.Node.Pointer.Length..];
}
