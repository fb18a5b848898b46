namespace Davit.Planning.Garbage;

/// <summary>
/// Decides what goes. Pure: the same facts and the same sight give the same plan, so what a rehearsal prints is what the real
/// run does. It looks at what refers to what and never at what happened before.
/// </summary>
public static class GarbagePlanner
{
    public static GarbagePlan Decide(GarbageFacts facts, GarbageSight sight)
    {
        var into = new Sorting();
        var why = ReleaseRetention.Kept(facts);
        foreach (var release in facts.Releases.Where(r => !r.IsCollected))
        {
            if (why.TryGetValue(release.Id, out var reason))
                into.Keep(ThingKind.Release, release.Id.ToString(), $"{release}: {reason}", 0, release.Org);
            else
                into.Go(new Going(ThingKind.Release, release.Id.ToString(), $"{release}: no environment keeps it", 0) { Org = release.Org });
        }

        // A collected release holds nothing, also when a rule would keep it: there is nothing left to keep.
        ReleaseFact[] kept = [.. facts.Releases.Where(r => !r.IsCollected && why.ContainsKey(r.Id))];
        Runtime(facts, sight, into);
        Images(new ImageSweep(facts, kept), sight, into);
        Files(facts, new ContentSweep(facts, kept), sight, into);
        return into.ToPlan();
    }

    private static void Runtime(GarbageFacts facts, GarbageSight sight, Sorting into)
    {
        var sweep = new RuntimeSweep(facts);
        foreach (var instance in sight.Instances)
            sweep.Judge(instance, into);
        foreach (var network in sight.Networks)
            sweep.JudgeNetwork(network, into);
        foreach (var volume in sight.Volumes)
            sweep.JudgeVolume(volume, into);
    }

    private static void Images(ImageSweep sweep, GarbageSight sight, Sorting into)
    {
        foreach (var image in sight.Images)
            sweep.Judge(image, into);
    }

    private static void Files(GarbageFacts facts, ContentSweep sweep, GarbageSight sight, Sorting into)
    {
        foreach (var upload in facts.Uploads)
            sweep.Judge(upload, into);
        foreach (var file in sight.Files.Where(f => f.Kind is ThingKind.Source or ThingKind.Tree or ThingKind.Blob))
            sweep.Judge(file, into);
        foreach (var file in sight.Files.Where(f => f.Kind is ThingKind.Temporary))
            sweep.JudgeHalfMade(file, into);
        new LogSweep(facts).Judge(sight.Files.Where(f => f.Kind is ThingKind.DeploymentLog or ThingKind.InstanceLog), into);
    }
}
