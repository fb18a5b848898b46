using Davit.ControlPlane.Volumes;
using Davit.Model;

namespace Davit.ControlPlane.Tests.Volumes;

/// <summary>A backup is killed at every single change of its target. Each index that is in the target afterwards is whole, and the next backup succeeds.</summary>
public sealed class BackupDeathTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_kill_at_any_write_leaves_the_target_valid_and_the_next_backup_whole(bool afterwards)
    {
        var (kept, changed) = (Backed.Noise(300), Backed.Noise(BackupIndex.ChunkBytes + 7));
        byte[] before = Backed.Tar(Backed.File("kept", kept), Backed.File("changed", Backed.Noise(900))), after = Backed.Tar(Backed.File("kept", kept), Backed.File("changed", changed), Backed.File("new", [1, 2]));
        var all = await ChangesAsync(before, after);
        all.ShouldBe(4, "two chunks of 'changed', one of 'new', the index");

        for (var step = 1; step <= all; step++)
        {
            var backed = new Backed();
            var (first, _) = await backed.BackUpAsync(before, Ct);
            (backed.Target.DiesAt, backed.Target.DiesAfterwards) = (backed.Target.Changes + step, afterwards);
            await Should.ThrowAsync<KilledException>(backed.BackUpAsync(after, Ct));
            backed.Target.DiesAt = 0;

            var whole = await backed.WholeAsync(Ct);
            (whole.Contains(first.Id), whole.Count).ShouldBe((true, step == all && afterwards ? 2 : 1), $"killed at change {step}");
            var (again, sent) = await backed.BackUpAsync(after, Ct);
            (await backed.WholeAsync(Ct)).ShouldContain(again.Id);
            var lost = all - (afterwards ? step : step - 1);
            (sent > 0).ShouldBe(lost > 1, $"killed at change {step}: what was sent is not sent again");
            Comparison.Of(again.Files, await VolumeTar.ListAsync(new MemoryStream(await backed.RestoreAsync(again.Id, Ct)), "v", Ct)).ShouldBe("");
        }
    }

    [Fact]
    public async Task A_directory_that_a_kill_left_half_a_file_in_is_as_before()
    {
        var root = Directory.CreateTempSubdirectory("davit-target-");
        try
        {
            var target = new DirectoryTarget(root.FullName);
            await target.PutAsync("a/chunks/one", new byte[] { 1, 2, 3 }, Ct);
            await File.WriteAllBytesAsync(Path.Combine(root.FullName, "a/chunks/one.new"), [9], Ct);
            await File.WriteAllBytesAsync(Path.Combine(root.FullName, "a/chunks/two.new"), [9], Ct);

            (await target.ListAsync("a/chunks", Ct)).ShouldBe([KeyValuePair.Create("one", 3L)]);
            (await target.GetAsync("a/chunks/one", Ct)).ShouldBe([1, 2, 3]);
            (await target.GetAsync("a/chunks/two", Ct)).ShouldBeNull();
            await target.PutAsync("a/chunks/two", new byte[] { 4 }, Ct);
            (await target.GetAsync("a/chunks/two", Ct)).ShouldBe([4]);
            File.GetUnixFileMode(Path.Combine(root.FullName, "a/chunks/two")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_target_is_tried_by_writing_reading_and_deleting()
    {
        var root = Directory.CreateTempSubdirectory("davit-target-");
        await new DirectoryTarget(root.FullName).TryAsync(Ct);
        root.EnumerateFiles("*", SearchOption.AllDirectories).ShouldBeEmpty();
        root.Delete(recursive: true);

        (await Should.ThrowAsync<ProblemException>(new DirectoryTarget(root.FullName).TryAsync(Ct))).Problem.ShouldSatisfyAllConditions(p => p.Code.ShouldBe("DV6004"), p => p.Detail.ShouldContain("is not there"));
        Directory.Exists(root.FullName).ShouldBeFalse("a directory that is missing because a disk is not mounted must not be made");
        (await Should.ThrowAsync<ProblemException>(new NoTarget().TryAsync(Ct))).Problem.Code.ShouldBe("DV6005");
    }

    private static async Task<int> ChangesAsync(byte[] before, byte[] after)
    {
        var backed = new Backed();
        await backed.BackUpAsync(before, Ct);
        var changes = backed.Target.Changes;
        await backed.BackUpAsync(after, Ct);
        return backed.Target.Changes - changes;
    }
}
