using System.Net.Sockets;
using System.Text.Json.Nodes;
using Davit.Drivers.Docker.Engine;

namespace Davit.Drivers.Docker.Tests.Engines;

/// <summary>Asks an engine without the driver, so that a test sees what is really there.</summary>
internal static class EngineHttp
{
    public static HttpClient Client(EngineEndpoint endpoint) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.Address["unix://".Length..]), ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://engine"),
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>In the oldest form that every supported engine knows.</summary>
    public static async Task<JsonNode> InspectAsync(EngineEndpoint endpoint, string container, CancellationToken ct)
    {
        using var http = Client(endpoint);
        return JsonNode.Parse(await http.GetStringAsync(new Uri($"/containers/{container}/json", UriKind.Relative), ct))!;
    }

    /// <summary>Copies an image from one engine's store into another's.</summary>
    public static async Task CopyImageAsync(string image, EngineEndpoint from, EngineEndpoint to, CancellationToken ct)
    {
        using var source = Client(from);
        using var target = Client(to);
        await using var tar = await source.GetStreamAsync(new Uri($"/images/{image}/get", UriKind.Relative), ct);
        using var content = new StreamContent(tar);
        content.Headers.ContentType = new("application/x-tar");
        using var answer = await target.PostAsync(new Uri("/images/load", UriKind.Relative), content, ct);
        answer.EnsureSuccessStatusCode();
    }
}
