using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var app = builder.Build();
app.UseWebSockets();

using var api = new HttpClient { BaseAddress = new Uri(app.Configuration["API_URL"] ?? "http://localhost:8081"), Timeout = TimeSpan.FromSeconds(5) };
var version = Environment.GetEnvironmentVariable("APP_VERSION") ?? "1";

app.MapGet("/healthz", () => "ok");
app.MapGet("/version", () => version);

app.MapGet("/", async (CancellationToken ct) =>
{
    var entries = await api.GetFromJsonAsync<Entry[]>("/entries", ct) ?? [];
    return Results.Content(Page(entries), "text/html; charset=utf-8");
});

app.MapPost("/", async (HttpRequest request, CancellationToken ct) =>
{
    var form = await request.ReadFormAsync(ct);
    using var answer = await api.PostAsJsonAsync("/entries", new { text = form["text"].ToString() }, ct);
    return answer.IsSuccessStatusCode ? Results.Redirect("/") : Results.StatusCode((int)answer.StatusCode);
});

// Tells the version every half second until the client or the edge ends the stream.
app.MapGet("/live", async (HttpContext context) =>
{
    context.Response.ContentType = "text/event-stream";
    while (!context.RequestAborted.IsCancellationRequested)
    {
        await context.Response.WriteAsync($"data: {version}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(500, context.RequestAborted);
    }
});

// A megabyte each way: how long it takes, and whether it arrives whole while the app is deployed, is for the caller to see.
app.MapGet("/bytes", () => Results.Bytes(new byte[1 << 20]));
app.MapPost("/size", async (HttpRequest request, CancellationToken ct) =>
{
    var (buffer, size) = (new byte[16 * 1024], 0);
    while (await request.Body.ReadAsync(buffer, ct) is var read and > 0)
        size += read;
    return $"{size}";
});

app.MapGet("/echo", async (HttpContext context) =>
{
    if (!context.WebSockets.IsWebSocketRequest)
    {
        context.Response.StatusCode = 426;
        return;
    }

    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    var buffer = new byte[4096];
    while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
        await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
});

app.Run();

string Page(Entry[] entries) => $$"""
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Guestbook</title>
    <style>body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem } li { margin: .5rem 0 } small { color: #666 }</style>
    <h1>Guestbook</h1>
    <form method="post"><input name="text" maxlength="200" required aria-label="Your words"> <button>Sign</button></form>
    <ul>{{string.Concat(entries.Select(e => $"<li>{WebUtility.HtmlEncode(e.Text)} <small>{(e.Words is { } n ? $"{n} words" : "not counted yet")}</small></li>"))}}</ul>
    <p><small>version {{WebUtility.HtmlEncode(version)}}</small></p>
    </html>
    """;

internal sealed record Entry(int Id, string Text, int? Words);
