using System.Net;
using System.Text.Json;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Tests.Support;

/// <summary>A server that has nothing of what it is asked for, and says so as the real one does.</summary>
internal sealed class NowhereServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    public NowhereServer()
    {
        (_listener, Address) = LoneServer.Listen();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public void Dispose() => _listener.Abort();

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var asked = await _listener.GetContextAsync();
                asked.Response.StatusCode = 404;
                asked.Response.ContentType = "application/problem+json";
                await using var to = asked.Response.OutputStream;
                await to.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(ProblemBody.Of(ApiProblems.Missing("thing", asked.Request.Url!.AbsolutePath), "req_1"), WireJson.Default.ProblemBody), CancellationToken.None);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                if (!_listener.IsListening)
                    return;
            }
        }
    }
}
