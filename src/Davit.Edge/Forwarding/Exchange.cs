using System.Net;
using Davit.Edge.AccessLog;
using Davit.Edge.Routing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Davit.Edge.Forwarding;

/// <summary>One request on its way through the edge. The server keeps the instance with the connection and uses it again.</summary>
internal sealed class Exchange
{
    private IPAddress? _peer;
    private string _peerText = "";

    public DefaultHttpContext Http { get; } = new();

    /// <summary>The Host field as sent; the framework's own property turns IDNA names into Unicode.</summary>
    public string Host => Http.Request.Headers.Host.ToString();

    /// <summary>The Host field for a target: HTTP/1.1 wants one, also when the client spoke HTTP/1.0 and sent none.</summary>
    public string HostFor(Target target) => Host is { Length: > 0 } host ? host : target.Endpoint.ToString();

    public long StartedAt { get; private set; }

    public string RequestId { get; private set; } = "";

    public BoundRoute? Route { get; set; }

    public Target? Target { get; set; }

    /// <summary>Where its answer is counted when its service is split; what is answered before a side was chosen belongs to none.</summary>
    public SideFigures? Side { get; set; }

    /// <summary>Who the client is where a service is split; "" while nobody asked.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The field that tells the client so; empty when it knows.</summary>
    public StringValues ClientCookie { get; set; }

    /// <summary>Path and query as the target gets them.</summary>
    public string UpstreamPath { get; set; } = "/";

    public bool HasBody { get; private set; }

    public int Retries { get; set; }

    public long BytesIn { get; set; }

    public long BytesOut { get; set; }

    /// <summary>The edge answered itself because no target could.</summary>
    public bool IsEdgeAnswer { get; set; }

    public bool IsClientGone { get; set; }

    /// <summary>What a body that could not be read is answered with.</summary>
    public int BodyStatus { get; set; } = StatusCodes.Status400BadRequest;

    public bool IsCut { get; set; }

    /// <summary>Set when the peer is a proxy whose forwarding fields are believed.</summary>
    public bool IsPeerTrusted { get; set; }

    /// <summary>The peer's address, IPv4 in its own form also on a dual socket.</summary>
    public string PeerText
    {
        get
        {
            var peer = Http.Connection.RemoteIpAddress;
            if (!ReferenceEquals(peer, _peer))
            {
                _peer = peer;
                _peerText = peer is null ? "unknown" : (peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer).ToString();
            }

            return _peerText;
        }
    }

    /// <summary>Who asks: the peer, or whom a trusted proxy names last.</summary>
    public IPAddress? ClientAddress =>
        IsPeerTrusted && Http.Request.Headers["X-Forwarded-For"].ToString() is { Length: > 0 } chain && IPAddress.TryParse(chain[(chain.LastIndexOf(',') + 1)..].Trim(), out var named)
            ? named
            : Http.Connection.RemoteIpAddress;

    /// <summary>GET, HEAD and OPTIONS without a body may be sent again when nothing of an answer was seen.</summary>
    public bool IsRepeatable => !HasBody && (HttpMethods.IsGet(Http.Request.Method) || HttpMethods.IsHead(Http.Request.Method) || HttpMethods.IsOptions(Http.Request.Method));

    /// <summary>Another protocol is asked for. HTTP/2 is never passed on: over it a target would answer requests that no route was matched for.</summary>
    public bool IsUpgrade => (IsUpgradable && !Http.Request.Headers.Upgrade.ToString().Contains("h2c", StringComparison.OrdinalIgnoreCase)) || IsExtendedConnect;

    private bool IsUpgradable => Http.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest is true;

    public bool IsExtendedConnect => Http.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect is true;

    public void Begin(IFeatureCollection features, TimeProvider clock, RequestIds ids)
    {
        Http.Initialize(features);
        StartedAt = clock.GetTimestamp();
        RequestId = ids.Next();
        HasBody = features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true && !IsUpgradable;
        (Route, Target, UpstreamPath) = (null, null, "/");
        (Side, ClientId, ClientCookie) = (null, "", default);
        (Retries, BytesIn, BytesOut) = (0, 0, 0);
        (IsEdgeAnswer, IsClientGone, IsCut, IsPeerTrusted) = (false, false, false, false);
    }
}
