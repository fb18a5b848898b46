namespace Davit.Manifest.Yaml;

internal sealed class ListNode : Node
{
    public List<Node> Items { get; private init; } = [];

    public override Node Clone(SourceFile? asFile = null)
    {
        var copy = new ListNode { File = asFile ?? File, Line = Line, Column = Column, Tag = Tag, Replaced = Replaced, Items = new(Items.Count) };
        foreach (var item in Items)
            copy.Items.Add(item.Clone(asFile));
        return copy;
    }

    public override bool SameAs(Node? other)
    {
        if (other is not ListNode list || list.Items.Count != Items.Count)
            return false;
        for (var i = 0; i < Items.Count; i++)
        {
            if (!Items[i].SameAs(list.Items[i]))
                return false;
        }

        return true;
    }
}
