using System.Formats.Tar;
using System.Globalization;
using System.Net;
using System.Text;
using Davit.Drivers.Docker.Engine;
using Davit.Drivers.Docker.Engine.Messages;

namespace Davit.Drivers.Docker.Files;

/// <summary>Finds the numbers behind the user a container runs as, in the container's own passwd and group files.</summary>
internal sealed class UserLookup(EngineClient engine)
{
    private const int LongestFile = 1024 * 1024;

    internal sealed record Found(int Uid, int Gid);

    public async Task<Found> FindAsync(ContainerInspect made, CancellationToken ct)
    {
        var parts = made.Config.User.Split(':');
        if (parts[0].Length is 0)
            return new(0, 0);
        if (TryNumber(parts[0], out var uid) && parts.Length > 1 && TryNumber(parts[1], out var gid))
            return new(uid, gid);

        var passwd = Rows(await ReadAsync(made, "/etc/passwd", ct));
        var row = passwd.FirstOrDefault(r => r.Length > 3 && (r[0] == parts[0] || r[2] == parts[0]));
        var group = parts.Length < 2 ? row?[3]
            : TryNumber(parts[1], out _) ? parts[1]
            : Rows(await ReadAsync(made, "/etc/group", ct)).FirstOrDefault(r => r.Length > 2 && r[0] == parts[1])?[2];
        return new(
            TryNumber(row is null ? parts[0] : row[2], out var user) ? user : 0,
            TryNumber(group, out var number) ? number : 0);
    }

    private static bool TryNumber(string? text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static IEnumerable<string[]> Rows(string file) => file.Split('\n').Select(l => l.Split(':'));

    private async Task<string> ReadAsync(ContainerInspect made, string path, CancellationToken ct)
    {
        try
        {
            await using var body = await engine.OpenAsync(EngineCall.Get($"/containers/{made.Id}/archive", ("path", path)), ct);
            await using var tar = new TarReader(body);
            if (await tar.GetNextEntryAsync(copyData: false, ct) is not { DataStream: { } content })
                return "";

            var buffer = new byte[LongestFile];
            var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
            return Encoding.UTF8.GetString(buffer, 0, read);
        }
        catch (EngineException missing) when (missing.Status is HttpStatusCode.NotFound)
        {
            return "";
        }
    }
}
