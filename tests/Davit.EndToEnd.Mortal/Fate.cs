using System.Globalization;
using System.Runtime.InteropServices;
using Davit.ControlPlane.Leases;

namespace Davit.EndToEnd.Mortal;

/// <summary>
/// Reads its orders from a file in the directory given and writes down every effect beside it. An order is a line of five words:
/// the name of the run, <c>kill</c> or <c>freeze</c> or <c>live</c>, an effect, its occurrence within the run, <c>before</c> or <c>after</c>.
/// </summary>
internal sealed partial class Fate(string directory) : IEffectWitness
{
    private const int Kill = 9;
    private const int Stop = 19;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private string _run = "";

    public ValueTask BeforeAsync(string name, string subject, CancellationToken ct)
    {
        lock (_gate)
        {
            using var _ = OrdersLock.Take(directory);
            var orders = Orders();
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
            Pass(orders, name, "before");
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AfterAsync(string name, string subject, CancellationToken ct)
    {
        lock (_gate)
        {
            using var _ = OrdersLock.Take(directory);
            Pass(Orders(), name, "after");
        }

        return ValueTask.CompletedTask;
    }

    private string[] Orders()
    {
        var file = Path.Combine(directory, "orders");
        if (!File.Exists(file))
            return [_run, "live", "", "", ""];
        var orders = File.ReadAllText(file).Split(' ');
        if (orders[0] == _run)
            return orders;
        _run = orders[0];
        _counts.Clear();
        return orders;
    }

    private void Pass(string[] orders, string name, string moment)
    {
        var point = string.Create(CultureInfo.InvariantCulture, $"{name} {_counts.GetValueOrDefault(name)} {moment}");
        File.AppendAllText(Path.Combine(directory, $"points-{_run}"), point + "\n");
        if (point != $"{orders[2]} {orders[3]} {orders[4]}")
            return;

        // Whoever is started next lives.
        File.Delete(Path.Combine(directory, "orders"));
        if (orders[1] is "kill")
            _ = Signal(Environment.ProcessId, Kill);
        else if (orders[1] is "freeze")
            _ = Signal(Environment.ProcessId, Stop);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
