using System.Collections.Immutable;
using System.Globalization;
using Davit.Model;
using Davit.Planning.Garbage;
using Davit.Planning.Instances;

namespace Davit.Planning.Tests.Garbage;

/// <summary>The past of one environment, grown release by release, with everything each of them left behind.</summary>
internal sealed class Past
{
    public static readonly DateTimeOffset Now = new(2026, 11, 27, 3, 0, 0, TimeSpan.Zero);

    private readonly List<ReleaseFact> _releases = [];
    private readonly List<DeploymentFact> _deployments = [];
    private readonly List<StoredImage> _images = [];
    private readonly List<StoredFile> _files = [];
    private readonly HashSet<string> _built = new(StringComparer.Ordinal);

    public OrgId Org { get; } = OrgId.From(Guid.CreateVersion7(Now));

    public EnvId Env { get; } = EnvId.From(Guid.CreateVersion7(Now));

    public RetentionPolicy Retention { get; set; } = RetentionPolicy.Default;

    public ImmutableArray<ReleaseFact> Releases => [.. _releases];

    public ImmutableArray<DeploymentFact> Deployments => [.. _deployments];

    public GarbageFacts Facts => new(Now)
    {
        Environments = [new EnvironmentFact(Env, Org, "shop", "production") { Serving = _deployments.LastOrDefault(d => d is { IsSuccess: true, ReplacedAt: null })?.Id, Retention = Retention }],
        Releases = Releases,
        Deployments = Deployments,
        Owned = new OwnedNames { Built = [.. _built] },
    };

    public GarbageSight Sight => new() { Images = [.. _images], Files = [.. _files] };

    /// <summary>A release that was built and deployed at this time, and took the place of the one before.</summary>
    public ReleaseFact Deploy(TimeSpan ago, bool succeeds = true)
    {
        var (number, at) = (_releases.Count + 1, Now - ago);
        var (image, tag) = ($"sha256:{Digest("image", number)}", Tag(number));
        var release = new ReleaseFact(ReleaseId.From(Guid.CreateVersion7(at)), Org, "shop", number, at, [image])
        {
            Blobs = [Digest("blob", number)], Trees = [Digest("tree", number)], Source = Digest("source", number),
        };
        _releases.Add(release);
        _built.Add(tag);
        _images.Add(new StoredImage(image, 100, at, IsLabelled: true) { Tags = [tag] });
        _files.AddRange(new[] { (ThingKind.Blob, "blob"), (ThingKind.Tree, "tree"), (ThingKind.Source, "source") }.Select(f => new StoredFile(f.Item1, Digest(f.Item2, number), 10, at)));
        if (succeeds && _deployments.FindLastIndex(d => d is { IsSuccess: true, ReplacedAt: null }) is >= 0 and var last)
            _deployments[last] = _deployments[last] with { ReplacedAt = at };
        _deployments.Add(new DeploymentFact(DeploymentId.From(Guid.CreateVersion7(at)), Env, number, release.Id, succeeds, at) { IsFailure = !succeeds });
        return release;
    }

    public static string Tag(int number) => $"davit/0a1b2c3d/web:{number}";

    public static string Digest(string what, int number) => CanonicalJson.HashOf(System.Text.Encoding.UTF8.GetBytes($"{what}{number}"))["sha256:".Length..];

    public Ownership Owner => new(InstallationId.From(Guid.CreateVersion7(Now)), Org, AppId.From(Guid.CreateVersion7(Now)), Env);

    public static IEnumerable<string> Names(IEnumerable<Going> going, ThingKind kind) => going.Where(g => g.Kind == kind).Select(g => g.Name);

    public static int[] Numbers(GarbagePlan plan) => [.. plan.Going.Where(g => g.Kind is ThingKind.Release).Select(g => int.Parse(g.Why.Split(' ')[2].TrimEnd(':'), CultureInfo.InvariantCulture)).Order()];
}
