using System.Text.RegularExpressions;
using Davit.Model;

namespace Davit.ControlPlane.Access;

/// <summary>Gives the request its id, finds out whom its token or cookie stands for, and lets it through when the endpoint's permission is held.</summary>
internal sealed partial class Authentication(RequestDelegate next, Authorisation authorisation, AccessGuard guard, TimeProvider clock)
{
    public const string RequestIdHeader = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        var requestId = RequestIdOf(context);
        context.TraceIdentifier = requestId;
        context.Response.Headers[RequestIdHeader] = requestId;

        if (context.GetEndpoint()?.Metadata.GetMetadata<Permission>() is not { IsOpen: false } permission)
        {
            await next(context);
            return;
        }

        var caller = await authorisation.AdmitAsync(context, permission, context.RequestAborted);
        caller.Attach(context);
        await using (guard.Watch(context, permission))
            await next(context);
    }

    private string RequestIdOf(HttpContext context)
    {
        var given = context.Request.Headers[RequestIdHeader].ToString();
        return Form().IsMatch(given) ? given : Id.New<RequestId>(clock).ToString();
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{8,64}\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
