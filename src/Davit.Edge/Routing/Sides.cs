using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Davit.Edge.Forwarding;

namespace Davit.Edge.Routing;

/// <summary>
/// Decides on which side of a split a client is: by a hash of who it is, so that it stays there while the share stays, and
/// only ever moves to the new side when the share grows. The cookie names a client, not a side, and means nothing elsewhere.
/// </summary>
internal static class Sides
{
    public const string Cookie = "davit_client";

    private const int IdLength = 32;
    private const int Points = 10_000;

    /// <summary>The route to the client's side, or to the other one when nothing of its own may serve; that counts as an error of the side.</summary>
    public static BoundRoute Choose(Exchange exchange, BoundRoute route)
    {
        var chosen = Find(exchange, route);
        exchange.Side = chosen.Service.Figures;
        return chosen;
    }

    private static BoundRoute Find(Exchange exchange, BoundRoute route)
    {
        if (route.NewSide is not { } newSide)
            return route;

        var split = route.Service.Spec.Split!;
        var (own, other) = Point(split.Seed, ClientOf(exchange, split.Header)) < split.Percent * (Points / 100) ? (newSide, route) : (route, newSide);
        if (CanServe(own.Service) || !CanServe(other.Service))
            return own;

        own.Service.Figures!.Answered(StatusCodes.Status503ServiceUnavailable, TimeSpan.Zero);
        return other;
    }

    private static bool CanServe(BoundService side) => side.Site is not null || side.Targets.Any(t => t.Target.MayServe);

    private static string ClientOf(Exchange exchange, string header)
    {
        if (header is not "" && exchange.Http.Request.Headers[header].ToString() is { Length: > 0 } named)
            return named;

        if (exchange.ClientId is not "")
            return exchange.ClientId;

        if (exchange.Http.Request.Cookies[Cookie] is { Length: IdLength } known && known.All(char.IsAsciiHexDigitLower))
            return exchange.ClientId = known;

        exchange.ClientId = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        exchange.ClientCookie = $"{Cookie}={exchange.ClientId}; Path=/; HttpOnly; SameSite=Lax{(exchange.Http.Request.IsHttps ? "; Secure" : "")}";
        exchange.Http.Response.Headers.SetCookie = exchange.ClientCookie;
        return exchange.ClientId;
    }

    /// <summary>The same over restarts and versions of the edge.</summary>
    private static int Point(string seed, string client)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{client}"), hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Points);
    }
}
