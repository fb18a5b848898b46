using System.Text.RegularExpressions;
using Davit.ControlPlane.Hardening;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;

namespace Davit.ControlPlane.Access;

/// <summary>
/// Gives the request its id, finds out whose token it carries, and lets it through when the endpoint's permission is held.
/// Today every token is an owner's; roles take the place of that one line.
/// </summary>
internal sealed partial class Authentication(RequestDelegate next, Database database, TimeProvider clock)
{
    public const string RequestIdHeader = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        var requestId = RequestIdOf(context);
        context.TraceIdentifier = requestId;
        context.Response.Headers[RequestIdHeader] = requestId;

        if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<Permission>() is { IsOpen: false })
        {
            var owner = await OwnerAsync(context) ?? throw new ProblemException(ApiProblems.SignInFirst("its token is unknown, expired or revoked"));
            new Caller(owner.OrgId, owner.Actor, requestId) { Address = ClientAddress.Of(context) }.Attach(context);
        }

        await next(context);
    }

    private async Task<TokenOwner?> OwnerAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal))
            throw new ProblemException(ApiProblems.SignInFirst("it carries no bearer token"));

        return await database.ReadAsync(db => TokenTable.FindAsync(db, header["Bearer ".Length..].Trim(), clock.GetUtcNow(), context.RequestAborted), context.RequestAborted);
    }

    private string RequestIdOf(HttpContext context)
    {
        var given = context.Request.Headers[RequestIdHeader].ToString();
        return Form().IsMatch(given) ? given : Id.New<RequestId>(clock).ToString();
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{8,64}\\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
