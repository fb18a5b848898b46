using Davit.Manifest.Yaml;

namespace Davit.Manifest.Merging;

/// <summary>Where a file says <c>!reset</c> or <c>!override</c>: what lies there in earlier files goes away.</summary>
internal sealed class ResetPaths
{
    private readonly List<string[]> _paths = [];

    /// <summary>Collects the paths of a tree and takes what is marked <c>!reset</c> out of it.</summary>
    /// <remarks>List items have no address in other files: a mark inside one only changes the item itself.</remarks>
    public static ResetPaths TakeFrom(Node tree)
    {
        var resets = new ResetPaths();
        resets.Walk(tree, new Stack<string>());
        return resets;
    }

    public void ApplyTo(MapNode model)
    {
        foreach (var path in _paths.Where(p => p.Length > 0))
            Remove(model, path);
    }

    private void Walk(Node node, Stack<string> path)
    {
        if (node.Tag is MergeTag.Override)
        {
            _paths.Add([.. path.Reverse()]);
            return;
        }

        switch (node)
        {
            case MapNode map:
                foreach (var (key, value) in map.Snapshot())
                {
                    path.Push(key);
                    if (!Child(value, path))
                        map.Remove(key);
                    path.Pop();
                }

                break;
            case ListNode list:
                list.Items.RemoveAll(item => item.Tag is MergeTag.Reset);
                foreach (var item in list.Items)
                    TakeFrom(item);
                break;
        }
    }

    private bool Child(Node value, Stack<string> path)
    {
        if (value.Tag is not MergeTag.Reset)
        {
            Walk(value, path);
            return true;
        }

        _paths.Add([.. path.Reverse()]);
        return false;
    }

    private static void Remove(MapNode model, string[] path)
    {
        var at = model;
        foreach (var key in path[..^1])
        {
            if (at[key] is not MapNode child)
                return;
            at = child;
        }

        at.Remove(path[^1]);
    }
}
