using System.Globalization;
using Davit.ControlPlane.Volumes;
using Davit.Model;

namespace Davit.ControlPlane.Tests.Volumes;

/// <summary>
/// What backups rely on in every kind of target, by the target's own means: what was put is there whole or not at all, and a
/// backup that is killed at any change leaves only whole ones.
/// </summary>
public abstract class BackupTargetCompliance
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_put_is_what_is_got_and_the_last_put_wins()
    {
        var target = Make();
        var (large, name) = (Backed.Noise((9 << 20) + 3), "ins/vol/chunks/one");
        (await target.GetAsync(name, Ct)).ShouldBeNull();
        foreach (var bytes in (byte[][])[[1, 2, 3], [], large, [4]])
        {
            await target.PutAsync(name, bytes, Ct);
            (await target.GetAsync(name, Ct)).ShouldBe(bytes);
            (await target.ListAsync("ins/vol/chunks", Ct)).ShouldBe([KeyValuePair.Create("one", (long)bytes.Length)]);
        }

        // A part of something larger, as a buffer that is used again is.
        await target.PutAsync(name, large.AsMemory(5, 40), Ct);
        (await target.GetAsync(name, Ct)).ShouldBe(large[5..45]);
        await target.DeleteAsync(name, Ct);
        (await target.GetAsync(name, Ct)).ShouldBeNull();
        await target.DeleteAsync(name, Ct);
    }

    [Fact]
    public async Task A_list_holds_what_lies_right_below_and_all_of_it()
    {
        var target = Make();
        (await target.ListAsync("ins/vol/chunks", Ct)).ShouldBeEmpty();
        await target.PutAsync("ins/vol/chunks-of-another/x", new byte[1], Ct);
        await target.PutAsync("ins/vol/indexes/x", new byte[1], Ct);
        (await target.ListAsync("ins/vol", Ct)).ShouldBeEmpty();

        // More than one answer of an S3 endpoint may hold.
        var names = Enumerable.Range(0, 1003).Select(i => i.ToString("x8", CultureInfo.InvariantCulture)).ToArray();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct }, async (name, ct) => await target.PutAsync($"ins/vol/chunks/{name}", new byte[2], ct));

        var found = await target.ListAsync("ins/vol/chunks", Ct);
        found.Keys.Order(StringComparer.Ordinal).ShouldBe(names);
        found.Values.Distinct().ShouldBe([2L]);
    }

    [Fact]
    public async Task It_is_tried_by_writing_reading_and_deleting()
    {
        var target = Make();
        await target.TryAsync(Ct);
        (await target.ListAsync("probes", Ct)).ShouldBeEmpty();
    }

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
            var target = new DyingTarget(Make());
            var backed = new Backed(target);
            var (first, _) = await backed.BackUpAsync(before, Ct);
            (target.DiesAt, target.DiesAfterwards) = (target.Changes + step, afterwards);
            await Should.ThrowAsync<KilledException>(backed.BackUpAsync(after, Ct));
            target.DiesAt = 0;

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
    public async Task A_flipped_bit_and_a_missing_and_a_cut_chunk_are_found_and_named()
    {
        var backed = new Backed(Make());
        var (index, _) = await backed.BackUpAsync(Backed.Tar(Backed.File("a", Backed.Noise(100)), Backed.File("b", Backed.Noise(200))), Ct);
        var name = backed.Place.Chunk(index.Files.Single(f => f.Path is "b").Chunks[0]);
        var whole = (await backed.Target.GetAsync(name, Ct))!;

        byte[] flipped = [.. whole];
        flipped[whole.Length / 2] ^= 4;
        await backed.Target.PutAsync(name, flipped, Ct);
        (await DamageAsync()).ShouldContain("chunk 1 of 'b' was changed");
        await backed.Target.PutAsync(name, whole.AsMemory(0, whole.Length - 1), Ct);
        (await DamageAsync()).ShouldContain("chunk 1 of 'b' was changed");
        await backed.Target.DeleteAsync(name, Ct);
        (await DamageAsync()).ShouldContain("chunk 1 of 'b' is missing");
        await backed.Target.PutAsync(name, whole, Ct);
        (await backed.WholeAsync(Ct)).ShouldBe([index.Id]);

        async Task<string> DamageAsync() => (await Should.ThrowAsync<ProblemException>(backed.WholeAsync(Ct))).Problem switch { { Code: "DV6003" } p => p.Detail, var other => throw new ProblemException(other) };
    }

    /// <summary>Another one each time, with nothing in it.</summary>
    private protected abstract IBackupTarget Make();

    private async Task<int> ChangesAsync(byte[] before, byte[] after)
    {
        var target = new DyingTarget(Make());
        var backed = new Backed(target);
        await backed.BackUpAsync(before, Ct);
        var changes = target.Changes;
        await backed.BackUpAsync(after, Ct);
        return target.Changes - changes;
    }
}
