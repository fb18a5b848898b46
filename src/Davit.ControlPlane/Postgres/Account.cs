using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Davit.ControlPlane.Postgres;

/// <summary>The unprivileged account that the database runs under when davitd runs as root.</summary>
internal sealed partial record Account(int Uid, int Gid)
{
    /// <returns>Null when davitd is unprivileged itself.</returns>
    public static Account? ForServer()
    {
        if (Environment.UserName is not "root" && GetEffectiveUser() is not 0)
            return null;

        var entries = File.ReadLines("/etc/passwd").Select(l => l.Split(':')).Where(f => f.Length >= 4).ToDictionary(f => f[0], StringComparer.Ordinal);
        var chosen = entries.GetValueOrDefault("davit") ?? entries.GetValueOrDefault("postgres") ?? entries.GetValueOrDefault("nobody");
        return chosen is null ? new Account(65534, 65534) : new Account(Number(chosen[2]), Number(chosen[3]));
    }

    public void Own(string path)
    {
        if (ChangeOwner(path, Uid, Gid) is not 0)
            throw new IOException($"cannot give {path} to user {Uid}: error {Marshal.GetLastPInvokeError()}");
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial int GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, int user, int group);
}

internal static class AccountProcesses
{
    /// <summary>The start of a program under the account, or as ourselves without one. An argument list, no shell.</summary>
    public static ProcessStartInfo Wrap(this Account? account, string program, string[] arguments) => account is null
        ? new ProcessStartInfo(program, arguments)
        : new ProcessStartInfo("setpriv", ["--reuid", account.Uid.ToString(CultureInfo.InvariantCulture), "--regid", account.Gid.ToString(CultureInfo.InvariantCulture),
            "--clear-groups", "--", program, .. arguments])
        {
            WorkingDirectory = "/",
        };
}

/// <summary>Processes by id.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    public static void Send(int pid, int signal) => _ = Kill(pid, signal);

    /// <summary>A process whose name begins so and that is not merely waiting to be reaped.</summary>
    public static bool IsAlive(int pid, string name)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{pid}/status");
            return status.Any(l => l.StartsWith($"Name:\t{name}", StringComparison.Ordinal)) && !status.Any(l => l.StartsWith("State:\tZ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
