using System.Collections.Immutable;
using Davit.Manifest.Interpolation;
using Davit.Manifest.Loading;
using Davit.Manifest.Shapes;
using Davit.Manifest.Suggestions;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.App;

/// <summary><c>davit.yaml</c> as a tree: read, filled in, its shape checked, the overlay of one environment laid over it.</summary>
internal sealed class DavitFile
{
    public static DavitFile Empty => new(new MapNode(), [], Maps.Empty<MapNode>());

    private DavitFile(MapNode tree, ImmutableArray<string> environments, ImmutableSortedDictionary<string, MapNode> overlays)
    {
        Tree = tree;
        Environments = environments;
        Overlays = overlays;
    }

    /// <summary>Without <c>environments</c>, which is in <see cref="Overlays"/>.</summary>
    public MapNode Tree { get; }

    public ImmutableArray<string> Environments { get; }

    public ImmutableSortedDictionary<string, MapNode> Overlays { get; }

    public string? Name => Tree["app"]?.AsText;

    public ImmutableArray<string> Profiles => Texts("profiles");

    public ImmutableArray<string> ComposeFiles => Texts("compose");

    public static DavitFile? Load(LoadSession session, string path, VariableScope scope)
    {
        var faults = session.Faults;
        var before = faults.ErrorCount;
        var file = session.File(path, OriginKind.File, "");
        if (session.Documents(file) is not { } documents)
            return null;
        if (documents.Count > 1)
            faults.Error(ManifestProblems.SeveralDocuments, "the file holds several documents", documents[1].At);
        if (documents is not [MapNode tree, ..])
        {
            faults.Error(ManifestProblems.NotAMapping, documents.Count is 0 ? "the file is empty" : "the top level must be a mapping", file.At(1, 1));
            return null;
        }

        if (tree["davit"] is not ScalarNode { Kind: ScalarKind.Integer, Text: "1" })
            faults.Error(ManifestProblems.ManifestVersion, "the file must begin with 'davit: 1'", tree.KeyAt("davit") ?? tree.At, "davit");
        new Interpolator(scope, session.Policy, faults).Apply(tree, Casts.Rules);
        new ShapeCheck(faults).Check(tree, DavitShape.Root, "");
        if (faults.ErrorCount > before)
            return null;
        var davit = Split(tree, faults);
        return faults.ErrorCount > before ? null : davit;
    }

    /// <summary>The same with the overlay of one environment applied: maps merge, lists replace, null removes.</summary>
    public DavitFile For(string? environment, FaultSink faults)
    {
        if (environment is null)
            return this;
        if (!Overlays.TryGetValue(environment, out var overlay))
        {
            if (Suggest.For(environment, Environments) is { IsEmpty: false } near)
                faults.Add(new Fault(ManifestProblems.EnvironmentUnknown, Severity.Warning, $"there is no overlay for the environment '{environment}'", Tree.At, "environments") { Suggestions = near });
            return this;
        }

        var tree = (MapNode)Tree.Clone();
        Overlay.Apply(tree, (MapNode)overlay.Clone());
        return new DavitFile(tree, Environments, Overlays);
    }

    private static DavitFile Split(MapNode tree, FaultSink faults)
    {
        var environments = tree.Child("environments");
        tree.Remove("environments");
        var overlays = Maps.Empty<MapNode>().AddRange(environments.Entries.Select(e => KeyValuePair.Create(e.Key, Marked(e.Key, e.Value))));
        var chain = new OverlayChain(overlays, faults);
        return new DavitFile(tree, [.. overlays.Keys], overlays.ToImmutableSortedDictionary(o => o.Key, o => chain.Resolve(o.Key), StringComparer.Ordinal));
    }

    private static MapNode Marked(string environment, Node overlay)
    {
        var file = overlay.File is { } own ? own with { Part = OriginKind.Overlay, Via = $"environments.{environment}" } : null;
        return (MapNode)(overlay as MapNode ?? overlay.MapHere()).Clone(file);
    }

    private ImmutableArray<string> Texts(string key) => Tree[key] switch
    {
        ListNode list => [.. list.Items.Select(i => i.AsText).OfType<string>()],
        { AsText: { } one } => [one],
        _ => [],
    };
}
