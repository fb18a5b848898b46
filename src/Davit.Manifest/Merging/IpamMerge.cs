using Davit.Manifest.Yaml;

namespace Davit.Manifest.Merging;

/// <summary>Address pools merge by their subnet; a pool that the upper file does not name goes away.</summary>
internal static class IpamMerge
{
    public static Node Pools(Node below, Node above, Func<MapNode, MapNode, MapNode> merge)
    {
        if (below is not ListNode old || above is not ListNode fresh)
            return above.IsNull ? below : above;

        var pools = above.ListHere();
        foreach (var left in old.Items.OfType<MapNode>())
        {
            foreach (var right in fresh.Items.OfType<MapNode>())
            {
                var known = pools.Items.FindIndex(p => Subnet(p) == Subnet(right));
                if (Subnet(left) != Subnet(right))
                {
                    if (known < 0)
                        pools.Items.Add(right);
                    continue;
                }

                var merged = merge(left, right);
                if (known >= 0)
                    pools.Items[known] = merged;
                else
                    pools.Items.Add(merged);
            }
        }

        return pools;
    }

    private static string? Subnet(Node pool) => (pool as MapNode)?["subnet"]?.AsText;
}
