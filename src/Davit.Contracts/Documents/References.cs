namespace Davit.Contracts.Documents;

/// <summary>Follows <c>$ref</c> within the files of one contract.</summary>
internal sealed class References(FileSet files)
{
    private const int LongestChain = 64;

    /// <summary>By their names as pointers write them: thousands of references lead into the same few objects, which would otherwise be searched for each.</summary>
    private readonly Dictionary<Node, Dictionary<string, Node>> _members = [];

    /// <param name="name">The first reference of the chain as it is written; null where the node is none.</param>
    /// <exception cref="UnreadableException">It leads nowhere, in a circle, or out of the files of the contract.</exception>
    public Node Resolve(Node node, out string? name)
    {
        name = null;
        for (var step = 0; node["$ref"] is { IsString: true } reference; step++)
        {
            if (step == LongestChain)
                throw new UnreadableException(UnreadableCodes.ReferenceChain, $"references lead through more than {LongestChain} others, or in a circle", reference.Where);
            name ??= reference.Text;
            node = Step(reference);
        }

        return node;
    }

    /// <summary>Where one reference leads, which may be another one.</summary>
    /// <param name="reference">The text of the reference.</param>
    /// <exception cref="UnreadableException">It leads nowhere, or out of the files of the contract.</exception>
    public Node Step(Node reference)
    {
        var text = reference.Text!;
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var (file, fragment) = hash < 0 ? (text, "") : (text[..hash], Uri.UnescapeDataString(text[(hash + 1)..]));
        var document = file is "" ? reference.Document : files.Open(file, reference);
        var target = Follow(document.Root, fragment);
        return target.Exists ? target : throw new UnreadableException(UnreadableCodes.Unresolved, $"the reference '{text}' leads to nothing", reference.Where);
    }

    private Node Follow(Node from, string pointer)
    {
        if (pointer is not ['/', ..])
            return JsonPointer.Follow(from, pointer);
        foreach (var step in pointer[1..].Split('/'))
            from = from.IsObject ? Member(from, step) : JsonPointer.Step(from, step);
        return from;
    }

    private Node Member(Node from, string step)
    {
        if (!_members.TryGetValue(from, out var members))
        {
            _members[from] = members = new Dictionary<string, Node>(StringComparer.Ordinal);
            foreach (var member in from.Children)
                members.TryAdd(JsonPointer.Escape(member.Name!), member);
        }

        // A tilde may be written in more than one way.
        return members.TryGetValue(step, out var found) || !step.Contains('~', StringComparison.Ordinal) ? found : JsonPointer.Step(from, step);
    }
}
