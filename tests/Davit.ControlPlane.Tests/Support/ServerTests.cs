using System.Diagnostics;
using Davit.Testing.Postgres;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Davit.ControlPlane.Tests.Support;

/// <summary>One running server for the tests of a class; each test works on names of its own.</summary>
public sealed class OneServer(PostgresServer server) : IAsyncLifetime
{
    internal Installed Installed { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Installed = await Installed.StartAsync(server, CancellationToken.None);

    public ValueTask DisposeAsync() => Installed.DisposeAsync();
}

internal static class Eventually
{
    public static async Task<T> SeesAsync<T>(Func<Task<T>> look, Func<T, bool> holds, string what, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (holds(seen))
                return seen;
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(25))
                throw new TimeoutException($"never: {what}; last seen: {seen}");
            await Task.Delay(TimeSpan.FromMilliseconds(15), TimeProvider.System, ct);
        }
    }
}
