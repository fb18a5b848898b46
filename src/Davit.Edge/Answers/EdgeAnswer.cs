using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Davit.Edge.Forwarding;
using Microsoft.AspNetCore.WebUtilities;

namespace Davit.Edge.Answers;

/// <summary>What the edge says itself: a small page, or a problem document (RFC 9457) for those who ask for JSON.</summary>
internal static class EdgeAnswer
{
    public static Task NoRouteAsync(Exchange exchange, CancellationToken ct) => WriteAsync(exchange, 404, "No route leads here.", ct);

    public static Task MalformedAsync(Exchange exchange, string why, CancellationToken ct)
    {
        exchange.Http.Response.Headers.Connection = "close";
        return WriteAsync(exchange, 400, why, ct);
    }

    public static Task BodyRefusedAsync(Exchange exchange, int status, CancellationToken ct)
    {
        exchange.Http.Response.Headers.Connection = "close";
        return WriteAsync(exchange, status, status is 413 ? "The request's body is larger than this route allows." : "The request's body could not be read.", ct);
    }

    public static Task MisdirectedAsync(Exchange exchange, CancellationToken ct) => WriteAsync(exchange, 421, "This connection was made for another host.", ct);

    public static Task NoConnectionAsync(Exchange exchange, CancellationToken ct) => WriteAsync(exchange, 502, "The service could not be reached or broke off.", ct);

    public static Task TimedOutAsync(Exchange exchange, CancellationToken ct) => WriteAsync(exchange, 504, "The service took too long to answer.", ct);

    public static Task NotReadyAsync(Exchange exchange, CancellationToken ct)
    {
        exchange.Http.Response.Headers.RetryAfter = "2";
        return WriteAsync(exchange, 503, "No instance of the service is ready.", ct);
    }

    public static Task MaintenanceAsync(Exchange exchange, string message, CancellationToken ct)
    {
        exchange.Http.Response.Headers.RetryAfter = "2";
        return WriteAsync(exchange, 503, message is "" ? "The service is being worked on." : message, ct);
    }

    public static Task RedirectAsync(Exchange exchange, string location, CancellationToken ct)
    {
        exchange.Http.Response.Headers.Location = location;
        return WriteAsync(exchange, 308, "This is served over HTTPS.", ct);
    }

    private static Task WriteAsync(Exchange exchange, int status, string text, CancellationToken ct)
    {
        var (request, response) = (exchange.Http.Request, exchange.Http.Response);
        exchange.IsEdgeAnswer = true;
        var asJson = WantsJson(request.Headers.Accept.ToString());
        var body = asJson ? Document(exchange, status, text) : Page(exchange, status, text);
        response.StatusCode = status;
        response.ContentType = asJson ? "application/problem+json" : "text/html; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Request-Id"] = exchange.RequestId;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, ct).AsTask();
    }

    private static bool WantsJson(string accept) =>
        accept.Contains("json", StringComparison.OrdinalIgnoreCase) && !accept.Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static byte[] Page(Exchange exchange, int status, string text) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
        <!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{status} {ReasonPhrases.GetReasonPhrase(status)}</title>
        <body style="font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:15vh auto;padding:0 1em"><h1>{status} {ReasonPhrases.GetReasonPhrase(status)}</h1>
        <p>{WebUtility.HtmlEncode(text)}</p><p><small>{exchange.RequestId}</small></p>

        """));

    private static byte[] Document(Exchange exchange, int status, string text)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "about:blank"u8);
            json.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status"u8, status);
            json.WriteString("detail"u8, text);
            json.WriteString("requestId"u8, exchange.RequestId);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
