using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Davit.ControlPlane.Hosting;
using Davit.ControlPlane.Volumes;
using Davit.Model;

namespace Davit.ControlPlane.Tests.Volumes;

public sealed class BackupFormatTests
{
    private const int Chunk = BackupIndex.ChunkBytes;

    private readonly Backed _backed = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_back_is_what_was_backed_up_with_owners_modes_links_and_attributes()
    {
        var attributed = new PaxTarEntry(TarEntryType.RegularFile, "davit-volume/tool", [KeyValuePair.Create("SCHILY.xattr.user.a", "b")]) { DataStream = new MemoryStream([1, 2, 3]), Mode = (UnixFileMode)2541 };
        var tar = Backed.Tar(
            Backed.File("large", Backed.Noise((2 * Chunk) + 5)), Backed.File("exact", Backed.Noise(Chunk)), Backed.File("empty", []), attributed,
            new PaxTarEntry(TarEntryType.Directory, "davit-volume/d/") { Mode = (UnixFileMode)1533, Gid = 9 },
            Backed.File("d/ümlaut " + new string('n', 200), "x"u8.ToArray()),
            new PaxTarEntry(TarEntryType.SymbolicLink, "davit-volume/s") { LinkName = "/etc/passwd" },
            new PaxTarEntry(TarEntryType.HardLink, "davit-volume/h") { LinkName = "davit-volume/large" },
            new PaxTarEntry(TarEntryType.Fifo, "davit-volume/p"));

        var (index, _) = await _backed.BackUpAsync(tar, Ct);
        var back = await _backed.RestoreAsync(index.Id, Ct);

        var (wanted, found) = (await ListAsync(tar), await ListAsync(back));
        found.ShouldBe(wanted);
        Comparison.Of(index.Files, found).ShouldBe("");
        wanted.Single(f => f.Path is "tool").Attributes["SCHILY.xattr.user.a"].ShouldBe("b");
        index.Files.Select(f => f.Chunks.Count).Sum().ShouldBe(3 + 1 + 0 + 1 + 1);
    }

    [Fact]
    public async Task What_is_in_the_target_already_is_not_sent_again_wherever_it_stands_now()
    {
        var (first, second) = (Backed.Noise(Chunk), Backed.Noise(Chunk));
        var (_, all) = await _backed.BackUpAsync(Backed.Tar(Backed.File("a", [.. first, .. second])), Ct);
        all.ShouldBe(2 * (Chunk + Sealing.Overhead));

        (await _backed.BackUpAsync(Backed.Tar(Backed.File("a", [.. first, .. second])), Ct)).Sent.ShouldBe(0);
        (await _backed.BackUpAsync(Backed.Tar(Backed.File("0-new", [7]), Backed.File("b", [.. second, .. first])), Ct)).Sent.ShouldBe(1 + Sealing.Overhead);
        (await _backed.WholeAsync(Ct)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_target_sees_neither_contents_nor_names_nor_which_volumes_hold_the_same()
    {
        var secret = "a secret that nobody may read"u8.ToArray();
        await _backed.BackUpAsync(Backed.Tar(Backed.File("payroll.txt", secret)), Ct);

        foreach (var (name, bytes) in _backed.Objects)
        {
            bytes.AsSpan().IndexOf("payroll"u8).ShouldBe(-1);
            bytes.AsSpan().IndexOf(secret).ShouldBe(-1);
            name.ShouldNotContain(Convert.ToHexStringLower(SHA256.HashData(secret)));
        }

        _backed.Sealing.NameOf("one", secret).ShouldNotBe(_backed.Sealing.NameOf("other", secret));
    }

    [Fact]
    public async Task Every_flipped_bit_is_found_and_the_file_and_chunk_are_named()
    {
        var (index, _) = await _backed.BackUpAsync(Backed.Tar(Backed.File("a", Backed.Noise(100)), Backed.File("b", [.. Backed.Noise(Chunk), .. Backed.Noise(40)])), Ct);
        var name = _backed.Place.Chunk(index.Files.Single(f => f.Path is "b").Chunks[1]);
        var whole = _backed.Objects[name];
        for (var at = 0; at < whole.Length; at++)
        {
            _backed.Objects[name] = [.. whole];
            _backed.Objects[name][at] ^= 1;
            (await DamageAsync(index.Id)).ShouldContain("chunk 2 of 'b' was changed");
        }
    }

    [Fact]
    public async Task A_missing_chunk_is_found_and_named()
    {
        var (index, _) = await _backed.BackUpAsync(Backed.Tar(Backed.File("a", Backed.Noise(100)), Backed.File("d/b", Backed.Noise(100))), Ct);
        _backed.Objects.TryRemove(_backed.Place.Chunk(index.Files.Single(f => f.Path is "d/b").Chunks[0]), out _).ShouldBeTrue();

        (await DamageAsync(index.Id)).ShouldContain("chunk 1 of 'd/b' is missing");
    }

    [Fact]
    public async Task A_chunk_that_was_cut_or_emptied_is_found()
    {
        var (index, _) = await _backed.BackUpAsync(Backed.Tar(Backed.File("a", Backed.Noise(100))), Ct);
        var name = _backed.Place.Chunk(index.Files.Single(f => f.Path is "a").Chunks[0]);
        var whole = _backed.Objects[name];
        foreach (var length in (int[])[0, 5, Sealing.Overhead, whole.Length - 1])
        {
            _backed.Objects[name] = whole[..length];
            (await DamageAsync(index.Id)).ShouldContain("chunk 1 of 'a' was changed");
        }
    }

    [Fact]
    public async Task Swapped_chunks_are_found()
    {
        var (index, _) = await _backed.BackUpAsync(Backed.Tar(Backed.File("a", [.. Backed.Noise(Chunk), .. Backed.Noise(Chunk)])), Ct);
        var names = index.Files.Single(f => f.Path is "a").Chunks.Select(_backed.Place.Chunk).ToArray();
        (_backed.Objects[names[0]], _backed.Objects[names[1]]) = (_backed.Objects[names[1]], _backed.Objects[names[0]]);

        (await DamageAsync(index.Id)).ShouldContain("chunk 1 of 'a' was changed, or belongs elsewhere");
    }

    [Fact]
    public async Task The_index_of_another_backup_or_volume_is_not_taken_for_this_one()
    {
        var (first, _) = await _backed.BackUpAsync(Backed.Tar(Backed.File("a", [1])), Ct);
        var (second, _) = await _backed.BackUpAsync(Backed.Tar(Backed.File("a", [2])), Ct);
        var other = _backed.Place with { Volume = "another" };
        _backed.Objects[_backed.Place.Index(second.Id)] = _backed.Objects[_backed.Place.Index(first.Id)];
        _backed.Objects[other.Index(first.Id)] = _backed.Objects[_backed.Place.Index(first.Id)];

        (await DamageAsync(second.Id)).ShouldContain("its index was changed");
        (await Should.ThrowAsync<ProblemException>(new BackupReading(_backed.Target, _backed.Sealing, other).IndexAsync(first.Id, Ct))).Problem.Detail.ShouldContain("its index was changed");
    }

    [Fact]
    public async Task A_backup_of_another_key_is_told_from_a_damaged_one()
    {
        var (index, _) = await _backed.BackUpAsync(Backed.Tar(Backed.File("a", [1])), Ct);
        var foreign = new BackupReading(_backed.Target, new Sealing(new BackupKey(RandomNumberGenerator.GetBytes(32))), _backed.Place);

        (await Should.ThrowAsync<ProblemException>(foreign.IndexAsync(index.Id, Ct))).Problem.Detail.ShouldContain("written with another key");
        _backed.Objects.TryRemove(_backed.Place.Index(index.Id), out _);
        (await DamageAsync(index.Id)).ShouldContain("its index is missing");
    }

    [Fact]
    public async Task A_damaged_chunk_that_is_set_aside_is_written_anew_by_the_next_backup()
    {
        var tar = Backed.Tar(Backed.File("a", Backed.Noise(100)));
        var (index, _) = await _backed.BackUpAsync(tar, Ct);
        var chunk = index.Files.Single(f => f.Path is "a").Chunks[0];
        _backed.Objects[_backed.Place.Chunk(chunk)][40] ^= 1;
        var reading = _backed.Reading;
        await Should.ThrowAsync<ProblemException>(reading.VerifyAsync(index, Ct));
        reading.DamagedChunk.ShouldBe(chunk);

        await reading.SetAsideAsync(chunk, Ct);

        (await _backed.BackUpAsync(tar, Ct)).Sent.ShouldBe(100 + Sealing.Overhead);
        (await _backed.WholeAsync(Ct)).ShouldContain(index.Id);
    }

    [Fact]
    public async Task An_archive_that_is_cut_anywhere_makes_no_backup()
    {
        var tar = Backed.Tar(Backed.File("a", Backed.Noise(700)), Backed.File("zeros", new byte[512]));
        for (var length = 0; length < tar.Length - 512; length += 256)
        {
            var problem = (await Should.ThrowAsync<ProblemException>(_backed.BackUpAsync(tar[..length], Ct))).Problem;
            problem.Code.ShouldBe("DV6008", $"cut at {length} of {tar.Length}");
        }

        _backed.Objects.Keys.ShouldAllBe(k => k.Contains("/chunks/"));
    }

    [Fact]
    public async Task A_volume_without_any_file_makes_no_backup() =>
        (await Should.ThrowAsync<ProblemException>(_backed.BackUpAsync(Backed.Tar(new PaxTarEntry(TarEntryType.Directory, "davit-volume/d/")), Ct))).Problem.Code.ShouldBe("DV6010");

    [Fact]
    public async Task A_name_that_is_not_UTF8_is_refused_instead_of_changed()
    {
        var tar = Backed.Tar(Backed.File("zz", [1]));
        var at = tar.AsSpan().IndexOf("davit-volume/zz"u8);
        while (at >= 0)
        {
            tar[at + 13] = 0xE4;
            at = tar.AsSpan().IndexOf("davit-volume/zz"u8);
        }

        Rechecksum(tar);
        (await Should.ThrowAsync<ProblemException>(_backed.BackUpAsync(tar, Ct))).Problem.Detail.ShouldContain("not UTF-8");
    }

    [Fact]
    public void The_key_is_made_once_for_davitds_user_alone_and_a_readable_one_is_refused()
    {
        var data = Directory.CreateTempSubdirectory("davit-key-");
        try
        {
            var options = new ServerOptions { Data = data.FullName };
            var first = BackupKey.LoadOrMake(options);
            var file = Path.Combine(options.Keys, "backup.key");
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            BackupKey.LoadOrMake(options).Seal.ShouldBe(first.Seal);
            first.Seal.ShouldNotBe(first.Name);

            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Should.Throw<ProblemException>(() => BackupKey.LoadOrMake(options)).Problem.Code.ShouldBe("DV4202");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private async Task<string> DamageAsync(BackupId id)
    {
        var problem = (await Should.ThrowAsync<ProblemException>(async () => await _backed.Reading.VerifyAsync(await _backed.Reading.IndexAsync(id, Ct), Ct))).Problem;
        problem.Code.ShouldBe("DV6003");
        (await Should.ThrowAsync<ProblemException>(_backed.RestoreAsync(id, Ct))).Problem.ShouldBe(problem);
        return problem.Detail;
    }

    private static Task<IReadOnlyList<BackupFile>> ListAsync(byte[] tar) => VolumeTar.ListAsync(new MemoryStream(tar), "v", Ct);

    /// <summary>Every header once more with the checksum that its bytes have now.</summary>
    private static void Rechecksum(byte[] tar)
    {
        for (var at = 0; at + 512 <= tar.Length; at += 512)
        {
            var header = tar.AsSpan(at, 512);
            if (!header[257..].StartsWith("ustar"u8))
                continue;
            header.Slice(148, 8).Fill((byte)' ');
            var sum = 0;
            foreach (var b in header)
                sum += b;
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
        }
    }
}
