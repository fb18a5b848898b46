using System.Net.Sockets;

namespace Davit.Edge.Tests.Support;

/// <summary>Says to the control socket what the typed client would not.</summary>
internal static class ControlSocket
{
    public static async Task<string> PostAsync(string socket, string path, string body, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), stop);
                return new NetworkStream(connection, ownsSocket: true);
            },
        });
        using var answer = await http.PostAsync("http://edge" + path, new StringContent(body), ct);
        return await answer.Content.ReadAsStringAsync(ct);
    }
}
