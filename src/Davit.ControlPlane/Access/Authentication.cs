namespace Davit.ControlPlane.Access;

/// <summary>Finds out whom the request's token or cookie stands for, and lets it through when the endpoint's permission is held.</summary>
internal sealed class Authentication(RequestDelegate next, Authorisation authorisation, AccessGuard guard)
{
    public async Task InvokeAsync(HttpContext context)
    {
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
}
