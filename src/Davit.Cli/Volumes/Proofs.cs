using System.Globalization;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Volumes;

/// <summary>How backups stand, in a few words. What was never proven is red, and so is what failed last.</summary>
internal static class Proofs
{
    public static string Of(VolumeView volume, Terminal terminal)
    {
        var age = volume.ProvenSecondsAgo is { } seconds ? terminal.IsStable ? "yes" : $"{Words(TimeSpan.FromSeconds(seconds))} ago" : terminal.Bad("never");
        return volume.Worry is "" ? age : $"{age} ({terminal.Bad(volume.Worry)})";
    }

    public static string LastBackup(VolumeView volume, Terminal terminal) => volume.LastBackup is { } last
        ? terminal.IsStable ? "yes" : last.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : terminal.Bad("none");

    public static string Words(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalSeconds} s"),
    };

    public static string Size(long bytes) => bytes < 1 << 20
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB");
}
