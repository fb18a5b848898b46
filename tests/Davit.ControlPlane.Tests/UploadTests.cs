using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Davit.ControlPlane.Tests.Support;

namespace Davit.ControlPlane.Tests;

public sealed class UploadTests(OneServer server) : IClassFixture<OneServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, Action<TarWriter>> Hostile => new()
    {
        { "absolute path", t => File(t, "/etc/davit-canary", "x") },
        { "parent", t => File(t, "a/../../davit-canary", "x") },
        { "link to an absolute path", t => Link(t, "l", "/etc") },
        { "link out", t => Link(t, "a/l", "../../x") },
        { "link that climbs behind another link", t => { Directory(t, "s"); Directory(t, "a/b/c"); Link(t, "a/b/c/l", "../../../s"); Link(t, "m", "a/b/c/l/../../x"); } },
        { "hard link", t => t.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "h") { LinkName = "/etc/passwd" }) },
        { "character device", t => t.WriteEntry(new PaxTarEntry(TarEntryType.CharacterDevice, "d") { DeviceMajor = 1, DeviceMinor = 3 }) },
        { "fifo", t => t.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "f")) },
        { "link to a name that no file can have", t => Link(t, "l", "a\0" + new string('b', 200)) },
        { "file below a link", t => { Directory(t, "s"); Link(t, "l", "s"); File(t, "l/x", "x"); } },
        { "directory below a link", t => { Directory(t, "s"); Link(t, "l", "s"); Directory(t, "l/x"); } },
        { "file in place of a link", t => { File(t, "s", "x"); Link(t, "l", "s"); File(t, "l", "x"); } },
        { "twice", t => { File(t, "a", "1"); File(t, "a", "2"); } },
        { "file below a file", t => { File(t, "a", "1"); File(t, "a/b", "2"); } },
        { "the directory itself as a file", t => File(t, ".", "x") },
        { "a name longer than names can be", t => File(t, new string('n', 300), "x") },
    };

    [Theory]
    [MemberData(nameof(Hostile), DisableDiscoveryEnumeration = true)]
    public async Task A_hostile_archive_is_refused_whole(string what, Action<TarWriter> write)
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        foreach (var gzip in (bool[])[false, true])
        {
            var answer = await SendAsync(shop, Tar(write, gzip));
            answer.ShouldBeProblem(422, "DV5901");
        }

        Incoming().ShouldBeEmpty(what);
        System.IO.File.Exists("/etc/davit-canary").ShouldBeFalse();
    }

    [Fact]
    public async Task Archives_that_are_cut_short_or_no_archives_are_refused()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var (plain, gzip) = (Tar(t => File(t, "a", new string('x', 5000)), false), Tar(t => File(t, "a", Unique.Digits() + new string('x', 5000)), true));
        byte[][] broken = [plain[..1700], plain[..700], gzip[..^30], gzip[..20], Encoding.ASCII.GetBytes(new string('z', 2000)), [0x1f, 0x8b, 9, 9, 9]];
        foreach (var bytes in broken)
            (await SendAsync(shop, bytes)).ShouldBeProblem(422, "DV5901");
        Incoming().ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_many_files_are_refused()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        (await SendAsync(shop, Tar(t =>
        {
            for (var i = 0; i <= Sourcing.SourceArchive.MaxFiles; i++)
                t.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"f{i}"));
        }, gzip: true))).ShouldBeProblem(422, "DV5901");
        Incoming().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_claims_more_than_the_limit_is_refused_before_it_is_written()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var header = Tar(t => File(t, "bomb", "x"), gzip: false, TarEntryFormat.Ustar)[..512];
        Encoding.ASCII.GetBytes(Convert.ToString(Sourcing.SourceArchive.MaxBytes + 1, 8).PadLeft(11, '0')).CopyTo(header, 124);
        Encoding.ASCII.GetBytes("        ").CopyTo(header, 148);
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        (await SendAsync(shop, [.. header, .. new byte[4096]])).ShouldBeProblem(422, "DV5901");
        Incoming().ShouldBeEmpty();
    }

    [Theory]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('L')]
    public async Task A_head_that_claims_attributes_of_two_gigabytes_is_refused_before_they_take_memory(char type)
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var header = Head(type, Encoding.ASCII.GetBytes(Convert.ToString(2_000_000_000, 8).PadLeft(11, '0')));
        var target = System.IO.Directory.CreateTempSubdirectory("davit-tar-").FullName;

        var allocated = new List<long>();
        for (var time = 0; time < 5; time++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            (await Should.ThrowAsync<Model.ProblemException>(() => Sourcing.SourceArchive.UnpackAsync(new MemoryStream([.. header, .. new byte[4096]]), target, Ct))).Problem.Code.ShouldBe("DV5901");
            allocated.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // Of the whole process, because work moves between threads; what other tests take meanwhile is less at one time or another.
        allocated.Min().ShouldBeLessThan(64 << 20);
        System.IO.Directory.Delete(target, recursive: true);
        (await SendAsync(shop, [.. header, .. new byte[4096]])).ShouldBeProblem(422, "DV5901");
    }

    [Theory]
    [InlineData('0', 0xff)]
    [InlineData('S', (int)'0')]
    [InlineData('V', (int)'0')]
    [InlineData('?', (int)'0')]
    public async Task An_entry_of_an_unknown_kind_or_an_impossible_size_is_refused(char type, int size)
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var header = Head(type, size is 0xff ? [0x80, .. Enumerable.Repeat((byte)size, 11)] : [.. Enumerable.Repeat((byte)size, 11)]);

        (await SendAsync(shop, [.. header, .. new byte[4096]])).ShouldBeProblem(422, "DV5901");
        Incoming().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plain_and_a_compressed_tar_of_one_directory_have_one_digest()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        Action<TarWriter> write = t => { Directory(t, "a"); File(t, "a/b.txt", "hello"); Link(t, "l", "a/b.txt"); };
        var (plain, gzip) = ((await SendAsync(shop, Tar(write, false))).ShouldBe(201).Value, (await SendAsync(shop, Tar(write, true))).ShouldBe(201).Value);

        ((string)plain["digest"]!).ShouldBe((string)gzip["digest"]!);
        ((int)plain["files"]!, (int)plain["bytes"]!).ShouldBe((1, 5));
        ((string)plain["id"]!).ShouldNotBe((string)gzip["id"]!);
        Incoming().ShouldBeEmpty();
    }

    [Fact]
    public async Task Sources_that_differ_only_in_a_link_or_a_mode_are_different_sources()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        Action<TarWriter>[] variants =
        [
            t => File(t, "a", "1"),
            t => { File(t, "a", "1"); Link(t, "l", "a"); },
            t => t.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "a") { DataStream = Text("1"), Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute }),
        ];
        var digests = new List<string>();
        foreach (var variant in variants)
            digests.Add((string)(await SendAsync(shop, Tar(variant, false))).ShouldBe(201).Value["digest"]!);

        digests.ShouldBeUnique();
    }

    [Fact]
    public async Task The_same_content_sent_many_times_at_once_is_kept_once()
    {
        using var shop = await Shop.MakeAsync(server.Installed, Ct);
        var bytes = Tar(t => File(t, "a", Unique.Digits()), true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SendAsync(shop, bytes)));

        answers.ShouldAllBe(a => a.Status == 201);
        answers.Select(a => (string)a.Value["digest"]!).Distinct().ShouldHaveSingleItem();
        Incoming().ShouldBeEmpty();
    }

    private static async Task<Answer> SendAsync(Shop shop, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        return await shop.Http.SendAsync(HttpMethod.Post, $"{shop.App}/uploads", content, Ct);
    }

    private string[] Incoming() => System.IO.Directory.Exists(server.Installed.Options.Sources)
        ? [.. System.IO.Directory.EnumerateFileSystemEntries(server.Installed.Options.Sources, "incoming-*")]
        : [];

    /// <summary>A head that no writer makes.</summary>
    private static byte[] Head(char type, byte[] size)
    {
        var head = Tar(t => File(t, "a", "x"), gzip: false, TarEntryFormat.Ustar)[..512];
        head[156] = (byte)type;
        size.CopyTo(head, 124);
        Encoding.ASCII.GetBytes("        ").CopyTo(head, 148);
        Encoding.ASCII.GetBytes(Convert.ToString(head.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(head, 148);
        return head;
    }

    private static byte[] Tar(Action<TarWriter> write, bool gzip, TarEntryFormat format = TarEntryFormat.Pax)
    {
        using var bytes = new MemoryStream();
        using (var target = gzip ? new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true) : (Stream)bytes)
        {
            using var tar = new TarWriter(target, format, leaveOpen: true);
            write(tar);
        }

        return bytes.ToArray();
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static void File(TarWriter tar, string name, string text) => tar.WriteEntry(tar.Format is TarEntryFormat.Ustar
        ? new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = Text(text) }
        : new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = Text(text) });

    private static void Directory(TarWriter tar, string name) => tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, name));

    private static void Link(TarWriter tar, string name, string to) => tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, name) { LinkName = to });
}
