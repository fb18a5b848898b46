using System.Net;
using System.Text;
using Davit.Edge.Control;
using Davit.Edge.Routing;

namespace Davit.Edge.Probing;

/// <summary>A GET whose status (and body, when asked) must be as expected. A redirect that is not expected is reported with its target.</summary>
internal static class HttpProbe
{
    private const int ShownBytes = 200;
    private const int SearchedBytes = 64 * 1024;

    public static async Task<ProbeAnswer> AskAsync(HttpMessageInvoker http, Target target, ProbeSpec spec, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{Prober.Endpoint(target, spec)}{spec.Path}"))
        {
            Version = target.Key.Http2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "davit-edge-probe");
        if (spec.Host is not "")
            request.Headers.Host = spec.Host;

        foreach (var (name, value) in spec.Headers)
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await http.SendAsync(request, ct);
        var status = (int)response.StatusCode;
        var body = await BodyAsync(response, spec.ExpectBody is "" ? ShownBytes : SearchedBytes, ct);
        var shown = body.Length > ShownBytes ? body[..ShownBytes] : body;
        var redirect = response.Headers.Location?.OriginalString ?? "";
        if (!spec.Expect.Any(r => r.Contains(status)))
            return new ProbeAnswer(status is >= 300 and < 400 && redirect is not "" ? ProbeResult.Redirected : ProbeResult.WrongStatus, status, redirect, shown);

        var result = spec.ExpectBody is "" || body.Contains(spec.ExpectBody, StringComparison.Ordinal) ? ProbeResult.Ready : ProbeResult.WrongBody;
        return new ProbeAnswer(result, status, redirect, shown);
    }

    private static async Task<string> BodyAsync(HttpResponseMessage response, int most, CancellationToken ct)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[most];
        var read = await stream.ReadAtLeastAsync(bytes, most, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }
}
