namespace Davit.Planning.Garbage;

/// <summary>Which sources, trees and blobs go: those that no kept release, upload or deployment on its way refers to.</summary>
internal sealed class ContentSweep
{
    /// <summary>For whoever writes content without holding it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>How long an upload waits to be deployed.</summary>
    private static readonly TimeSpan Waiting = TimeSpan.FromDays(1);

    /// <summary>Longer than anything may take to be received or written.</summary>
    private static readonly TimeSpan HalfMade = TimeSpan.FromDays(1);

    private readonly GarbageFacts _facts;
    private readonly Dictionary<(ThingKind Kind, string Name), string> _wanted = [];
    private readonly HashSet<string> _unfinished;

    public ContentSweep(GarbageFacts facts, IEnumerable<ReleaseFact> kept)
    {
        _facts = facts;
        _unfinished = [.. facts.Deployments.Where(d => d.FinishedAt is null).Select(d => d.Id.ToString())];
        foreach (var release in kept)
        {
            Want(ThingKind.Blob, release.Blobs, $"{release} has it");
            Want(ThingKind.Tree, release.Trees, $"{release} has it");
            Want(ThingKind.Source, [release.Source], $"{release} was made from it");
        }

        foreach (var held in facts.Holds)
            Want(held.Kind, [held.Name], "a deployment on its way needs it");
        foreach (var upload in facts.Uploads.Where(Stays))
            Want(ThingKind.Source, [upload.Digest], "it was uploaded and may be deployed");
    }

    public void Judge(StoredFile file, Sorting into)
    {
        if (_wanted.TryGetValue((file.Kind, file.Name), out var why))
            into.Keep(file.Kind, file.Name, why, file.Bytes);
        else if (_facts.Now - file.ChangedAt > Grace)
            into.Go(new Going(file.Kind, file.Name, "nothing refers to it", file.Bytes));
        else
            into.Keep(file.Kind, file.Name, "nothing refers to it, but it is new", file.Bytes);
    }

    public void Judge(UploadFact upload, Sorting into)
    {
        if (!Stays(upload))
            into.Go(new Going(ThingKind.Upload, upload.Id.ToString(), "nobody deployed it within a day", 0) { Org = upload.Org });
    }

    /// <summary>What is half made and whose maker is gone. Scratch directories carry the id of their deployment.</summary>
    public void JudgeHalfMade(StoredFile file, Sorting into)
    {
        var isOld = _facts.Now - file.ChangedAt > HalfMade;
        var maker = file.Name[(file.Name.LastIndexOf('-') + 1)..];
        var isAbandoned = maker.StartsWith("dep_", StringComparison.Ordinal) && !_unfinished.Contains(maker) && _facts.Now - file.ChangedAt > Grace;
        if (_unfinished.Contains(maker) || !(isOld || isAbandoned))
            into.Keep(ThingKind.Temporary, file.Name, "it may still be in the making", file.Bytes);
        else
            into.Go(new Going(ThingKind.Temporary, file.Name, "whoever made it is gone", file.Bytes));
    }

    private bool Stays(UploadFact upload) => upload.IsAwaited || _facts.Now - upload.CreatedAt < Waiting;

    private void Want(ThingKind kind, IEnumerable<string> names, string why)
    {
        foreach (var name in names.Where(n => n is not ""))
            _wanted.TryAdd((kind, name), why);
    }
}
