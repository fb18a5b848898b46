using Davit.ControlPlane.Hosting;
using Davit.Store;
using Microsoft.AspNetCore.Builder;
using Npgsql;

namespace Davit.ControlPlane.Tests.Support;

/// <summary>More servers on the database and the directory of one that runs already.</summary>
internal sealed class Replicas : IAsyncDisposable
{
    private readonly List<(WebApplication App, Database Database, string Socket)> _more = [];
    private readonly List<Api> _apis;

    private Replicas(Installed first) => _apis = [first.Api()];

    /// <summary>One connection to each, the first server's first.</summary>
    public IReadOnlyList<Api> Apis => _apis;

    /// <summary>Of those that were added.</summary>
    public string SocketOf(int index) => _more[index].Socket;

    public static async Task<Replicas> StartAsync(Installed first, int more, Func<ServerOptions, ServerOptions> change, CancellationToken ct)
    {
        var made = new Replicas(first);
        for (var i = 0; i < more; i++)
        {
            var options = change(first.Options with { Socket = Path.Combine(first.Options.Data, $"more-{Unique.Digits()}.sock") });
            var database = new Database(NpgsqlDataSource.Create(first.Connection), TimeProvider.System);
            var app = ServerHost.Build(options, database, first.Installation, first.Driver);
            await app.StartAsync(ct);
            made._more.Add((app, database, options.ApiSocket));
            made._apis.Add(new Api(options.ApiSocket, first.Token));
        }

        return made;
    }

    public async ValueTask DisposeAsync()
    {
        _apis.ForEach(a => a.Dispose());
        foreach (var (app, database, _) in _more)
        {
            using var now = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
