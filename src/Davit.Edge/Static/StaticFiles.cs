using Davit.Edge.Answers;
using Davit.Edge.Forwarding;
using Davit.Edge.Routing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Davit.Edge.Static;

/// <summary>Answers from a directory: conditional requests, single ranges, compressed copies, header rules.</summary>
internal sealed class StaticFiles(TimeProvider clock)
{
    public async Task ServeAsync(Exchange exchange, SiteRoot site, BoundRoute route, CancellationToken ct)
    {
        var (request, response) = (exchange.Http.Request, exchange.Http.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var path = route.Route.Strip && route.Route.PathPrefix is not "/" ? request.Path.Value![route.Route.PathPrefix.Length..] : request.Path.Value!;
        var now = clock.GetUtcNow();
        switch (SiteLookup.Find(site, path is "" ? "/" : path, now))
        {
            case SiteFind.Page page:
                await SendAsync(exchange, site, path, page.File, ct);
                break;
            case SiteFind.Slash:
                response.StatusCode = StatusCodes.Status308PermanentRedirect;
                response.Headers.Location = new PathString(request.Path.Value).ToUriComponent() + "/" + request.QueryString.Value;
                break;
            case SiteFind.Missing when SiteLookup.NotFoundPage(site, now) is { } page:
                response.StatusCode = StatusCodes.Status404NotFound;
                response.ContentType = MediaTypes.Of(page.Path);
                await SendBodyAsync(exchange, page.Path, new ByteRange(0, page.Length - 1), ct);
                break;
            default:
                await EdgeAnswer.NoRouteAsync(exchange, ct);
                break;
        }
    }

    private static Task SendAsync(Exchange exchange, SiteRoot site, string path, SiteFile file, CancellationToken ct)
    {
        var (request, response) = (exchange.Http.Request, exchange.Http.Response);
        var ranged = request.Headers.Range.Count > 0 && HttpMethods.IsGet(request.Method);
        var (coding, suffix) = ranged ? ("", "") : Choose(file, request.Headers.AcceptEncoding);
        var etag = file.ETag(coding);
        SetHeaders(response, site, path, file, (coding, etag));
        if (request.Headers.IfNoneMatch is { Count: > 0 } known && Matches(known, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentType = null;
            return Task.CompletedTask;
        }

        var whole = new ByteRange(0, (coding is "" ? file.Length : new FileInfo(file.Path + suffix).Length) - 1);
        if (!ranged || (request.Headers.IfRange is [{ } condition, ..] && condition != etag))
            return SendBodyAsync(exchange, file.Path + suffix, whole, ct);

        if (!ByteRange.TryFind(request.Headers.Range.ToString(), file.Length, out var range))
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{file.Length}";
            return Task.CompletedTask;
        }

        if (range is not { } part)
            return SendBodyAsync(exchange, file.Path, whole, ct);

        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = part.ContentRange(file.Length);
        return SendBodyAsync(exchange, file.Path, part, ct);
    }

    private static void SetHeaders(HttpResponse response, SiteRoot site, string path, SiteFile file, (string Coding, string ETag) variant)
    {
        response.ContentType = MediaTypes.Of(file.Path);
        response.Headers.ETag = variant.ETag;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.CacheControl = CacheRules.Default(file.Path);
        response.Headers.XContentTypeOptions = "nosniff";
        if (!file.Variants.IsEmpty)
            response.Headers.Vary = "Accept-Encoding";

        if (variant.Coding is not "")
            response.Headers.ContentEncoding = variant.Coding;

        foreach (var rule in site.Site.Headers.Where(r => CacheRules.IsMatch(r.Match, path)))
        {
            foreach (var (name, value) in rule.Set)
                response.Headers[name] = value;
        }
    }

    /// <summary>The first coding of which there is a copy and that the client takes.</summary>
    private static (string Coding, string Suffix) Choose(SiteFile file, StringValues accepted)
    {
        foreach (var (coding, suffix) in file.Variants)
        {
            foreach (var item in accepted.ToString().Split(','))
            {
                var parts = item.Split(';', StringSplitOptions.TrimEntries);
                if (parts[0].Equals(coding, StringComparison.OrdinalIgnoreCase) && !parts.Skip(1).Any(p => p is "q=0" or "q=0.0" or "q=0.00" or "q=0.000"))
                    return (coding, suffix);
            }
        }

        return ("", "");
    }

    /// <summary>Weak comparison, as If-None-Match wants it.</summary>
    private static bool Matches(StringValues known, string etag) =>
        known.ToString().Split(',', StringSplitOptions.TrimEntries).Any(t => t is "*" || t == etag || (t.StartsWith("W/", StringComparison.Ordinal) && t[2..] == etag));

    private static async Task SendBodyAsync(Exchange exchange, string path, ByteRange range, CancellationToken ct)
    {
        exchange.Http.Response.ContentLength = range.Length;
        if (HttpMethods.IsHead(exchange.Http.Request.Method) || range.Length is 0)
            return;

        await exchange.Http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().SendFileAsync(path, range.From, range.Length, ct);
        exchange.BytesOut += range.Length;
    }
}
