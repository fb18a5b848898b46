using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Model;

/// <summary>Something that a file declares, or the file.</summary>
/// <param name="parent">What it is declared in; null for a file.</param>
/// <param name="step">The field of the descriptor of the parent that holds it.</param>
/// <param name="index">Its place in that field.</param>
internal abstract class ProtoElement(ProtoElement? parent, int step, int index)
{
    private string? _fullName;
    private Features? _features;

    public ProtoElement? Parent => parent;

    public string Name { get; protected set; } = "";

    /// <summary>With its package and all it stands in, without a dot in front.</summary>
    public virtual string FullName => _fullName ??= Scope is "" ? Name : $"{Scope}.{Name}";

    /// <summary>Its full name without the package.</summary>
    public string NestedName => File.Package is "" ? FullName : FullName[(File.Package.Length + 1)..];

    /// <summary>As a reader calls it, such as <c>field acme.v1.Order.id</c>.</summary>
    public string Told => $"{Word} {FullName}";

    /// <summary>What it says in one line and one spelling.</summary>
    public abstract string Line { get; }

    public WireMessage Options { get; protected set; }

    public virtual bool IsDeprecated => false;

    public virtual ProtoFile File => parent!.File;

    public Features Features => _features ??= FeaturesAround.With(Options.IsEmpty ? default : Options.Message(FeaturesField));

    /// <summary>The steps that lead to it from its file, as the compiler notes positions.</summary>
    public virtual IEnumerable<int> Path => [.. parent!.Path, step, index];

    /// <summary>The kind, as readers call it.</summary>
    public abstract string Word { get; }

    /// <summary>The field of its options that holds features.</summary>
    protected abstract int FeaturesField { get; }

    protected virtual Features FeaturesAround => parent!.Features;

    /// <summary>The name that its own name is put behind.</summary>
    protected virtual string Scope => parent!.FullName;
}
