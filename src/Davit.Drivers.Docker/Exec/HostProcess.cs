using System.Runtime.InteropServices;

namespace Davit.Drivers.Docker.Exec;

/// <summary>Processes of containers as this machine sees them, when the engine runs on it.</summary>
internal static partial class HostProcess
{
    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        ["HUP"] = 1, ["INT"] = 2, ["QUIT"] = 3, ["KILL"] = 9, ["USR1"] = 10, ["USR2"] = 12, ["TERM"] = 15,
    };

    /// <summary>Whether the process id, seen from here, is a process of that container: ids may come from another machine or be used anew.</summary>
    public static bool Belongs(int pid, string containerId)
    {
        try
        {
            return pid > 1 && File.ReadAllText($"/proc/{pid}/cgroup").Contains(containerId, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>False when the signal is unknown or the process cannot be reached.</summary>
    public static bool Signal(int pid, string containerId, string signal) =>
        Numbers.TryGetValue(signal.StartsWith("SIG", StringComparison.Ordinal) ? signal[3..] : signal, out var number)
        && Belongs(pid, containerId)
        && Kill(pid, number) is 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int pid, int signal);
}
