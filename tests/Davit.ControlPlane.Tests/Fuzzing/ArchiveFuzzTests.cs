using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Davit.ControlPlane.Sourcing;
using Davit.Model;
using Davit.Testing.Fuzzing;

namespace Davit.ControlPlane.Tests.Fuzzing;

/// <summary>Archives that nobody packed: unpacked inside their directory, or refused whole.</summary>
public sealed class ArchiveFuzzTests : IDisposable
{
    private const int Block = 512;

    /// <summary>In memory where that is possible: the files of a hundred thousand archives need no disk.</summary>
    private readonly string _directory = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"davit-fuzz-{Path.GetRandomFileName()}")).FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string[] Words =>
    [
        "../", "/etc/passwd", "./", "..", "\0", "ustar\0" + "00", "ustar  \0", "00000000000\0", "77777777777\0", "00000000001\0", "30 path=../../x\n", "20 size=99999999\n", "9 size=-\n", "23 linkpath=/etc/hosts\n", "x", "g", "L", "K", "S", "1", "2", "3", "5", "7",
        "\x80\0\0\0\0\0\0\0\0\0\0\x01", "11 mtime=1e9\n", "GNU.sparse.name=x", "é",
    ];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task An_archive_is_unpacked_inside_or_refused()
    {
        await new Fuzz([.. new[] { TarEntryFormat.Ustar, TarEntryFormat.Pax, TarEntryFormat.Gnu }.Select(Seed), Compressed(Seed(TarEntryFormat.Pax))]) { Words = Words }.RunAsync(
            async input =>
            {
                // A sum that is wrong ends the reading at the first head; most inputs are to get further.
                var tar = input.Length % 4 is 0 ? input : WithSums(input);
                var target = Path.Combine(_directory, "in");
                try
                {
                    await SourceArchive.UnpackAsync(new MemoryStream(tar), target, Ct);
                    foreach (var link in new DirectoryInfo(target).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Where(f => f.LinkTarget is not null))
                        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(link.FullName)!, link.LinkTarget!)).ShouldStartWith(target + "/");
                }
                catch (ProblemException e)
                {
                    e.Problem.Code.ShouldBe("DV5901");
                }

                Directory.GetFileSystemEntries(_directory).Length.ShouldBe(1);
                Directory.Delete(target, recursive: true);
            },
            Ct);
    }

    private static byte[] Seed(TarEntryFormat format)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, format, leaveOpen: true))
        {
            tar.WriteEntry(Entry(TarEntryType.Directory, "d"));
            var file = Entry(TarEntryType.RegularFile, format is TarEntryFormat.Ustar ? "d/file" : "d/" + new string('n', 120));
            file.DataStream = new MemoryStream("hello"u8.ToArray());
            tar.WriteEntry(file);
            var link = Entry(TarEntryType.SymbolicLink, "l");
            link.LinkName = "d/file";
            tar.WriteEntry(link);
        }

        return bytes.ToArray();

        TarEntry Entry(TarEntryType type, string name) => format switch
        {
            TarEntryFormat.Ustar => new UstarTarEntry(type, name),
            TarEntryFormat.Gnu => new GnuTarEntry(type, name),
            _ => new PaxTarEntry(type, name),
        };
    }

    private static byte[] Compressed(byte[] tar)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(tar);
        return bytes.ToArray();
    }

    /// <summary>The same archive with the right sum in every head that is found by following the sizes.</summary>
    private static byte[] WithSums(byte[] input)
    {
        if (input is [0x1f, 0x8b, ..])
            return input;
        var tar = input.ToArray();
        for (long at = 0; at >= 0 && at + Block <= tar.Length;)
        {
            var head = tar.AsSpan((int)at, Block);
            if (!head.ContainsAnyExcept((byte)0))
                break;
            "        "u8.CopyTo(head[148..]);
            var sum = 0;
            foreach (var b in head)
                sum += b;
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(head[148..]);
            at += Block + ((Size(Encoding.ASCII.GetString(head.Slice(124, 11))) + Block - 1) / Block * Block);
        }

        return tar;
    }

    private static long Size(string octal) => octal.Trim('\0', ' ').Aggregate(0L, (size, c) => c is >= '0' and <= '7' ? (size * 8) + (c - '0') : size);
}
