using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Hosting;
using Davit.Model;

namespace Davit.ControlPlane.SignOn;

/// <summary>An answer of another server.</summary>
/// <param name="Body">Null when it was no JSON object.</param>
internal sealed record OutboundAnswer(int Status, JsonObject? Body)
{
    public bool IsGood => Status is >= 200 and < 300 && Body is not null;
}

/// <summary>
/// Asks servers whose addresses tenants have given. An address is judged where the connection is made, after its name was
/// resolved, so that no name can stand for the machine itself, its neighbours, or a cloud's metadata. Redirects are not followed.
/// </summary>
internal sealed class Outbound : IDisposable
{
    private const int LargestAnswer = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static readonly IPNetwork[] NeverPublic =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        ]).Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private readonly IReadOnlyList<string> _networks;
    private readonly HttpClient _client;

    public Outbound(ServerOptions options)
    {
        _networks = options.ProviderNetworks;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectCallback = ConnectAsync, PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 32,
        })
        {
            Timeout = Patience, MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    public static bool IsPublic(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => IsPublic(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Global6.Contains(address) && !NeverPublic.Any(n => n.Contains(address)),
        _ => !NeverPublic.Any(n => n.Contains(address)),
    };

    /// <exception cref="ProblemException">DV7030: it is neither https, nor plain HTTP to a loopback that was allowed.</exception>
    public Uri Require(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { UserInfo: "", Fragment: "" } && (uri.Scheme is "https" || (uri.Scheme is "http" && IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip) && MayReach(ip)))
        ? uri
        : throw new ProblemException(SignOnProblems.RefusedAddress(address ?? ""));

    /// <exception cref="ProblemException">DV7030 or DV7022.</exception>
    public async Task<OutboundAnswer> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var address = request.RequestUri!.GetLeftPart(UriPartial.Authority);
        try
        {
            request.Headers.Accept.ParseAdd("application/json");
            using var answer = await _client.SendAsync(request, ct);
            if ((int)answer.StatusCode >= 500)
                throw new ProblemException(AccessProblems.ProviderUnreachable(address));
            return new((int)answer.StatusCode, Parse(await answer.Content.ReadAsByteArrayAsync(ct)));
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as ProblemException ?? new ProblemException(AccessProblems.ProviderUnreachable(address), e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ProblemException(AccessProblems.ProviderUnreachable(address), e);
        }
    }

    public async Task<OutboundAnswer> GetAsync(Uri address, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request, ct);
    }

    public void Dispose() => _client.Dispose();

    private static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: new() { MaxDepth = 16, AllowDuplicateProperties = false }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool MayReach(IPAddress address) => IsPublic(address) || _networks.Any(n => ClientAddress.IsIn(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, n));

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        if (addresses.Length is 0 || !addresses.All(MayReach))
            throw new ProblemException(SignOnProblems.RefusedAddress(host));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
