using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Davit.ControlPlane.Tests.Volumes;

/// <summary>An endpoint that answers what a test says, for answers that no emulator gives.</summary>
internal sealed class ScriptedEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedEndpoint(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<(string Method, string Path)> Requests { get; } = new();

    public static async Task<ScriptedEndpoint> StartAsync(Func<HttpContext, Task> answer, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var endpoint = new ScriptedEndpoint(builder.Build());
        endpoint._app.Run(async context =>
        {
            endpoint.Requests.Enqueue((context.Request.Method, context.Request.Path));
            await answer(context);
        });
        await endpoint._app.StartAsync(ct);
        return endpoint;
    }

    public static Task RefuseAsync(HttpContext context, int status, string code, string more = "")
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/xml");
        return context.Response.WriteAsync($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>of {code} with SECRET-IN-MESSAGE</Message>{more}</Error>", context.RequestAborted);
    }

    /// <summary>Whether the request carries the signature of version 4 that the secret makes.</summary>
    public static bool IsSigned(HttpRequest request, string secret)
    {
        // AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/s3/aws4_request, SignedHeaders=a;b, Signature=HEX
        var parts = request.Headers.Authorization.ToString().Split(' ', 2)[1].Split(',').Select(p => p.Trim().Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var (scope, signed) = (parts["Credential"].Split('/', 2)[1], parts["SignedHeaders"]);
        var headers = string.Concat(signed.Split(';').Select(h => $"{h}:{request.Headers[h].ToString().Trim()}\n"));
        var canonical = $"{request.Method}\n{request.Path}\n{request.QueryString.ToString().TrimStart('?')}\n{headers}\n{signed}\n{request.Headers["x-amz-content-sha256"]}";
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes($"AWS4{secret}"), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) == parts["Signature"];
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero, TimeProvider.System);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
