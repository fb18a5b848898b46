using System.Collections.Immutable;

namespace Davit.Planning.Garbage;

/// <summary>
/// Which images go. An image is ours when every name it has was given by us: tags we built and wrote down, or references we
/// pulled because they were not there. One foreign name, one container of whomever, or one kept release saves it.
/// </summary>
internal sealed class ImageSweep(GarbageFacts facts, IEnumerable<ReleaseFact> kept)
{
    /// <summary>An image that nobody wrote down may be about to be written down.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>What names of built images begin with.</summary>
    private const string OwnPrefix = "davit/";

    private readonly ImmutableHashSet<string> _wanted = [.. kept.SelectMany(r => r.Images)];
    private readonly ILookup<string, string> _pulled = facts.Owned.Pulled.ToLookup(p => p.ImageId, p => p.Reference, StringComparer.Ordinal);

    public void Judge(StoredImage image, Sorting into)
    {
        var own = OwnNames(image);
        if (own.IsEmpty && !IsOrphan(image))
            return;

        string[] foreign = [.. image.Tags.Where(t => !own.Contains(t) && !IsOrphan(image)), .. image.RepoDigests.Where(d => !IsOwnDigest(d, own))];
        var name = image.Tags.FirstOrDefault() ?? own.FirstOrDefault() ?? image.Id;
        if (foreign is [var other, ..])
            into.Keep(ThingKind.Image, name, $"it is also named {other}, which is not ours", image.Bytes);
        else if (Wanted(image))
            into.Keep(ThingKind.Image, name, "a kept release runs it", image.Bytes);
        else if (image.Tags.Concat(image.RepoDigests).Any(IsHeld))
            into.Keep(ThingKind.Image, name, "a deployment on its way needs it", image.Bytes);
        else if (image.Users is [var user, ..])
            into.Keep(ThingKind.Image, name, $"container {user} is made from it", image.Bytes);
        else
            into.Go(new Going(ThingKind.Image, name, own.IsEmpty ? "nothing in the ledger knows it" : "no kept release runs it", image.Bytes)
            {
                RuntimeId = image.Id,
                References = image.Tags.IsEmpty ? [.. own] : [.. image.Tags],
            });
    }

    private ImmutableHashSet<string> OwnNames(StoredImage image) =>
    [
        .. image.Tags.Where(t => image.IsLabelled && facts.Owned.Built.Contains(t)),
        .. _pulled[image.Id].Where(r => image.Tags.Concat(image.RepoDigests).Contains(r, StringComparer.Ordinal)),
    ];

    /// <summary>Our label, nothing but names in our form, no ledger row, and no longer new.</summary>
    private bool IsOrphan(StoredImage image) => image is { IsLabelled: true, Tags: not [] }
        && image.Tags.All(t => t.StartsWith(OwnPrefix, StringComparison.Ordinal) && !facts.Owned.Built.Contains(t))
        && facts.Now - image.CreatedAt > Grace;

    /// <summary>A registry's digest comes with the tag that was pulled.</summary>
    private static bool IsOwnDigest(string digest, ImmutableHashSet<string> own) =>
        own.Contains(digest) || own.Any(o => RepositoryOf(o) == RepositoryOf(digest));

    private bool Wanted(StoredImage image) => _wanted.Contains(image.Id) || image.RepoDigests.Any(_wanted.Contains);

    private bool IsHeld(string reference) => facts.Holds.Contains(new Held(ThingKind.Image, reference));

    private static string RepositoryOf(string reference)
    {
        var name = reference.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}
