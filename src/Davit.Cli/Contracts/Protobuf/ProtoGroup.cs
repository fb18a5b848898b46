namespace Davit.Cli.Contracts.Protobuf;

/// <summary>Protobuf files whose imports begin in the same directory: one contract.</summary>
/// <param name="OldRoot">Differs from the other when the directory was moved.</param>
/// <param name="Before">From the top of the repository, as are those of now.</param>
internal sealed record ProtoGroup(string OldRoot, string Root, IReadOnlyList<string> Before, IReadOnlyList<string> Now)
{
    /// <summary>As users name a directory of their repository.</summary>
    public static string Named(string root) => root is "" ? "." : root;

    /// <summary>
    /// Groups the files of both sides. A file that both have belongs where it belongs now: the first import of a file would otherwise
    /// move it, and what did not change would be told as gone.
    /// </summary>
    /// <param name="before">The root of each file.</param>
    /// <param name="now">The root of each file.</param>
    /// <param name="renamed">Old paths by new ones.</param>
    public static IReadOnlyList<ProtoGroup> Of(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now, IReadOnlyDictionary<string, string> renamed)
    {
        var old = before.GroupBy(f => now.GetValueOrDefault(f.Key, f.Value), f => f.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var @new = now.GroupBy(f => f.Value, f => f.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var moved = Moved(
            renamed.Select(r => (From: Place(r.Value, before), To: Place(r.Key, now))).Where(r => r is ({ } from, { } to) && !@new.ContainsKey(from.Root) && !old.ContainsKey(to.Root) && from.Below == to.Below)
            .Select(r => (r.From!.Value.Root, r.To!.Value.Root)));
        var whole = from g in @new let root = moved.GetValueOrDefault(g.Key, g.Key) select new ProtoGroup(root, g.Key, old.GetValueOrDefault(root, []), g.Value);
        var gone = old.Where(g => !@new.ContainsKey(g.Key) && !moved.ContainsValue(g.Key)).Select(g => new ProtoGroup(g.Key, g.Key, g.Value, []));
        return [.. whole.Concat(gone).OrderBy(g => g.Root, StringComparer.Ordinal)];
    }

    /// <summary>Old roots by new ones; each goes where most of its files went.</summary>
    private static Dictionary<string, string> Moved(IEnumerable<(string From, string To)> files)
    {
        var moved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ((from, to), _) in files.CountBy(f => f).OrderByDescending(c => c.Value).ThenBy(c => c.Key.From, StringComparer.Ordinal).ThenBy(c => c.Key.To, StringComparer.Ordinal))
        {
            if (!moved.ContainsKey(to) && !moved.ContainsValue(from))
                moved.Add(to, from);
        }

        return moved;
    }

    private static (string Root, string Below)? Place(string path, IReadOnlyDictionary<string, string> roots) => roots.TryGetValue(path, out var root) ? (root, path[root.Length..].TrimStart('/')) : null;
}
