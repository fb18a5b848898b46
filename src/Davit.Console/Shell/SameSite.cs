using Davit.Model;
using Microsoft.AspNetCore.Http;

namespace Davit.Console.Shell;

/// <summary>A form counts only when a page of this server has sent it. Browsers say where a request comes from in headers that no page can set.</summary>
internal static class SameSite
{
    /// <exception cref="ProblemException">DV7901.</exception>
    public static void Require(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        if (site is "" ? !IsOwn(origin, request) : site is not "same-origin")
            throw new ProblemException(SecurityProblems.OtherOrigin(origin is { Length: > 0 and < 200 } ? origin : "another site, or something that names none,"));
    }

    private static bool IsOwn(string origin, HttpRequest request) => Uri.TryCreate(origin, UriKind.Absolute, out var own) && own.Scheme is "https" or "http"
        && string.Equals(own.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
