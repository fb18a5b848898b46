using System.Diagnostics.CodeAnalysis;

namespace Davit.Manifest.Rules;

/// <summary>
/// Rules by path pattern (<c>services.*.ports.*</c>), kept as a trie so that a walk over a tree carries its cursor along
/// instead of matching every pattern at every node. <c>*</c> stands for one key or list item.
/// </summary>
internal sealed class PathRules<T> where T : class
{
    private readonly Dictionary<string, PathRules<T>> _children = new(StringComparer.Ordinal);
    private PathRules<T>? _any;

    /// <summary>The rule of exactly this path.</summary>
    public T? Rule { get; private set; }

    public static PathRules<T> Of(params (string Pattern, T Rule)[] rules)
    {
        var root = new PathRules<T>();
        foreach (var (pattern, rule) in rules)
            root.Reach(pattern).Rule = rule;
        return root;
    }

    /// <summary>The cursor one key further down, or <see langword="null"/> when no rule lies there.</summary>
    public PathRules<T>? Step(string key) => _children.TryGetValue(key, out var child) ? child : _any;

    /// <summary>The cursor for the items of a list.</summary>
    public PathRules<T>? StepItem() => _any;

    public bool TryRule([NotNullWhen(true)] out T? rule) => (rule = Rule) is not null;

    private PathRules<T> Reach(string pattern)
    {
        var at = this;
        foreach (var part in pattern.Split('.'))
            at = part is "*" ? at._any ??= new() : at._children.TryGetValue(part, out var next) ? next : at._children[part] = new();
        return at;
    }
}
