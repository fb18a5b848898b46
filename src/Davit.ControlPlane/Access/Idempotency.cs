using System.Security.Cryptography;
using Davit.ControlPlane.SignIn;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;

namespace Davit.ControlPlane.Access;

/// <summary>Marks an endpoint whose body or answer is a stream: its key is checked for presence only.</summary>
internal sealed record Streams;

/// <summary>
/// A write that is repeated with the same key and body is answered as it was the first time and does nothing more.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, Database database, AccountKey key, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";
    private const int BodyLimit = 1 << 20;

    public async Task InvokeAsync(HttpContext context)
    {
        if (await Caller.BindAsync(context) is not { } caller || !IsWrite(context.Request.Method))
        {
            await next(context);
            return;
        }

        var given = context.Request.Headers[Header].ToString();
        if (given.Length is < 8 or > 128 || given.Any(c => c is < '!' or > '~'))
            throw new ProblemException(ApiProblems.NeedsKey());
        if (context.GetEndpoint()?.Metadata.GetMetadata<Streams>() is not null)
        {
            await next(context);
            return;
        }

        var space = new KeySpace(caller.Org, caller.Actor, $"{context.Request.Method} {context.Request.Path}", given);
        await OnceAsync(context, caller with { Key = space }, await HashBodyAsync(context));
    }

    private static bool IsWrite(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method);

    private async Task OnceAsync(HttpContext context, Caller caller, string bodyHash)
    {
        var ct = context.RequestAborted;
        switch (await database.ReadAsync(db => IdempotencyKeys.TakeAsync(db, caller.Key!, bodyHash, clock.GetUtcNow(), ct), ct))
        {
            case KeyState.Taken:
                await FirstAsync(context, caller);
                break;
            case KeyState.Answered answered:
                context.Response.StatusCode = answered.Status;
                context.Response.Headers["Idempotency-Replayed"] = "true";
                context.Response.ContentType = "application/json; charset=utf-8";
                await context.Response.WriteAsync(answered.Response, ct);
                break;
            case KeyState.InFlight:
                throw new ProblemException(ApiProblems.StillRunning());
            case KeyState.Reused:
                throw new ProblemException(ApiProblems.ReusedKey());
        }
    }

    /// <summary>The answer is kept by the write itself; a key whose request wrote nothing is free again.</summary>
    private async Task FirstAsync(HttpContext context, Caller caller)
    {
        caller.Attach(context);
        try
        {
            await next(context);
        }
        finally
        {
            await database.ReadAsync(db => IdempotencyKeys.ReleaseAsync(db, caller.Key!, CancellationToken.None), CancellationToken.None);
        }
    }

    private async Task<string> HashBodyAsync(HttpContext context)
    {
        context.Request.EnableBuffering(BodyLimit, BodyLimit);
        var hash = await HMACSHA256.HashDataAsync(key.Digests, context.Request.Body, context.RequestAborted);
        context.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash);
    }
}
