using System.Text.RegularExpressions;
using Davit.Model;

namespace Davit.ControlPlane.Hardening;

/// <summary>Gives every request its id before anything can refuse it: whoever is refused asks about it by that id.</summary>
internal sealed partial class RequestIds(RequestDelegate next, TimeProvider clock)
{
    public const string Header = "X-Request-Id";

    public Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        context.TraceIdentifier = Form().IsMatch(given) ? given : Id.New<RequestId>(clock).ToString();
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{8,64}\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
