using Davit.Edge.Draining;
using Davit.Edge.Forwarding.Upgrades;
using Microsoft.AspNetCore.Http.Features;

namespace Davit.Edge.Forwarding.Yarp;

/// <summary>Stands before the server's upgrade features while YARP forwards, so that WebSocket peers can be told to go.</summary>
internal sealed class PeerSeam : IHttpUpgradeFeature, IHttpExtendedConnectFeature, IDisposable
{
    private readonly HttpContext _http;
    private readonly YarpFlight _flight;
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;
    private ClientPeer? _peer;

    public PeerSeam(HttpContext http, YarpFlight flight)
    {
        (_http, _flight) = (http, flight);
        _upgrade = http.Features.Get<IHttpUpgradeFeature>();
        _connect = http.Features.Get<IHttpExtendedConnectFeature>();
        if (_upgrade is not null)
            http.Features.Set<IHttpUpgradeFeature>(this);

        if (_connect is not null)
            http.Features.Set<IHttpExtendedConnectFeature>(this);
    }

    public bool IsUpgradableRequest => _upgrade?.IsUpgradableRequest is true;

    public bool IsExtendedConnect => _connect?.IsExtendedConnect is true;

    public string? Protocol => _connect?.Protocol;

    public async Task<Stream> UpgradeAsync() => Watch(await _upgrade!.UpgradeAsync());

    public async ValueTask<Stream> AcceptAsync() => Watch(await _connect!.AcceptAsync());

    public void Dispose()
    {
        _flight.Peer = null;
        _peer?.Dispose();
        if (_upgrade is not null)
            _http.Features.Set(_upgrade);

        if (_connect is not null)
            _http.Features.Set(_connect);
    }

    private Stream Watch(Stream client)
    {
        var isWebSocket = IsExtendedConnect || _http.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);
        _flight.Kind = isWebSocket ? FlightKind.WebSocket : FlightKind.Stream;
        if (!isWebSocket)
            return client;

        _peer = new ClientPeer(client);
        _flight.Peer = _peer;
        return new PeerStream(client, _peer);
    }
}
