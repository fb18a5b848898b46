using System.IO.Pipelines;
using Davit.Edge.Routing;
using Davit.Edge.Tcp;
using Microsoft.AspNetCore.Connections;

namespace Davit.Edge.Tls;

/// <summary>
/// Stands before TLS on the HTTPS port. It reads the server name without consuming it and tunnels the connection to the
/// target, lets it through to be terminated here, or ends it with <c>unrecognized_name</c>.
/// </summary>
internal sealed class SniGate(RouteTable table, TargetSockets sockets, TimeProvider clock)
{
    private static readonly TimeSpan HelloTime = TimeSpan.FromSeconds(3);

    /// <summary>A fatal alert 112 in a record of its own (RFC 6066 section 3).</summary>
    private static readonly byte[] UnrecognizedName = [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x70];

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var ct = connection.ConnectionClosed;
        if (await ReadNameAsync(connection.Transport.Input, ct) is not { } name)
            return;

        var snapshot = table.Current;
        if (snapshot.MatchPassthrough(name) is { } route)
            await TunnelAsync(connection, t => t.MatchPassthrough(name) ?? route, ct);
        else if (Terminates(snapshot, name))
            await next(connection);
        else
            await connection.Transport.Output.WriteAsync(UnrecognizedName, ct);
    }

    public static bool Terminates(TableSnapshot table, string name) => Matching(table, name) is not null;

    /// <summary>The host entry of the table whose certificate a server name gets.</summary>
    public static string? Matching(TableSnapshot table, string name)
    {
        if (name is not "" && table.TlsHosts.Contains(name))
            return name;

        var wildcard = name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? string.Concat("*", name.AsSpan(dot)) : "*";
        return table.TlsHosts.Contains(wildcard) ? wildcard : table.TlsHosts.Contains("") ? "" : null;
    }

    /// <summary>Null when what comes is no hello, comes too slowly, or never.</summary>
    private async Task<string?> ReadNameAsync(PipeReader input, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(HelloTime, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(both.Token);
                var state = ClientHello.Read(read.Buffer, out var name);
                if (state is HelloState.Complete)
                {
                    input.AdvanceTo(read.Buffer.Start);
                    return name;
                }

                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (state is HelloState.NotTls || read.IsCompleted)
                    return null;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private async Task TunnelAsync(ConnectionContext connection, Func<TableSnapshot, BoundRoute?> find, CancellationToken ct)
    {
        if (await sockets.ConnectAsync(find, ct) is not var (target, flight))
        {
            connection.Abort();
            return;
        }

        try
        {
            using (flight)
            {
                var (input, output) = (connection.Transport.Input, connection.Transport.Output);
                var tunnel = new ByteTunnel(input.AsStream(leaveOpen: true), output.AsStream(leaveOpen: true), () => output.Complete(), flight.Socket);
                if (!await tunnel.RunAsync(ct))
                    connection.Abort();

                find(table.Current)?.Figures.Answered(0, TimeSpan.Zero, tunnel.BytesIn, tunnel.BytesOut);
            }
        }
        finally
        {
            target.Exit();
        }
    }
}
