using Davit.Model;
using Microsoft.AspNetCore.Http.Features;

namespace Davit.ControlPlane.Hardening;

/// <summary>
/// Bounds of the head of a request that are told as problems. Kestrel's own bounds lie a little above: what crosses those is
/// answered without a body and its connection is closed.
/// </summary>
internal sealed class RequestBounds(RequestDelegate next)
{
    public const int Url = 8 << 10;
    public const int Head = 32 << 10;
    public const int HardUrl = 2 * Url;
    public const int HardHead = 2 * Head;

    public Task InvokeAsync(HttpContext context)
    {
        if ((context.Features.Get<IHttpRequestFeature>()?.RawTarget.Length ?? 0) > Url)
            throw new ProblemException(SecurityProblems.LongUrl(Url));
        var size = 0;
        foreach (var (name, values) in context.Request.Headers)
        {
            foreach (var value in values)
                size += name.Length + (value?.Length ?? 0) + 4;
        }

        return size > Head ? throw new ProblemException(SecurityProblems.LargeHead(Head)) : next(context);
    }
}
