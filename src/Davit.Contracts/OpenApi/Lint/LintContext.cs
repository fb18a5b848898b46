using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint;

/// <summary>What rules may ask about the rest of the description.</summary>
internal sealed class LintContext
{
    private readonly References _references;
    private readonly Dictionary<(string List, string Name), Node> _first = [];
    private readonly HashSet<Node> _used = [];
    private readonly HashSet<string> _schemes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, (Node Target, UnreadableException? Unresolved)> _resolved = [];

    public LintContext(Node root, FileSet files, SpecVersion version, DateOnly today)
    {
        (Root, Version, Today) = (root, version, today);
        _references = new References(files);
        Values = new ValueCheck(root, files, version);
        Endlessness = new Endlessness(this);
        foreach (var scheme in root["components"]["securitySchemes"].Children)
            _schemes.Add(scheme.Name ?? "");
        foreach (var tag in root["tags"].Children)
            _tags.Add(tag["name"].Text ?? "");
    }

    public Node Root { get; }

    public SpecVersion Version { get; }

    public DateOnly Today { get; }

    public ValueCheck Values { get; }

    public Endlessness Endlessness { get; }

    public bool HasScheme(string name) => _schemes.Contains(name);

    public bool HasTag(string name) => _tags.Contains(name);

    /// <summary>Remembers where a name was seen first.</summary>
    /// <returns>That place, which is the given one when it was not seen before.</returns>
    public Node First(string list, string name, Node node) => _first.TryAdd((list, name), node) ? node : _first[(list, name)];

    public void Use(Node component) => _used.Add(component);

    /// <param name="name">The name of a component, or a reference to it.</param>
    public void UseNamed(string kind, string? name)
    {
        if (name is null)
            return;
        var prefix = $"#/components/{kind}/";
        var component = Root["components"][kind][name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name];
        if (component.Exists)
            Use(component);
    }

    /// <summary>Something refers to it.</summary>
    public bool IsUsed(Node component) => _used.Contains(component);

    /// <summary>What a node stands for.</summary>
    /// <returns>No node where a reference leads to nothing that can be read.</returns>
    public Node Resolve(Node node) => TryResolve(node, out var target) is null ? target : default;

    /// <summary>Where a reference leads that is known to lead somewhere, but not further.</summary>
    public Node Step(Node reference) => _references.Step(reference["$ref"]);

    /// <returns>Why the reference leads nowhere; null when it does not.</returns>
    public UnreadableException? TryResolve(Node node, out Node target)
    {
        target = node;
        if (!node["$ref"].IsString)
            return null;
        if (!_resolved.TryGetValue(node, out var known))
            _resolved[node] = known = Follow(node);
        target = known.Target;
        return known.Unresolved;
    }

    private (Node Target, UnreadableException? Unresolved) Follow(Node node)
    {
        try
        {
            return (_references.Resolve(node, out _), null);
        }
        catch (UnreadableException unresolved)
        {
            return (default, unresolved);
        }
    }
}
