using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Errors;
using Davit.Model;

namespace Davit.ControlPlane.Limits;

/// <summary>
/// Stands before authentication, so that a refused request costs no look into the database. Whoever is known by a token that was
/// good before has a bucket of his own; everybody else shares that of his network.
/// </summary>
internal sealed class RateLimits(RequestDelegate next, Buckets buckets, Hosting.ServerOptions options)
{
    private static readonly object Item = new();

    /// <summary>Where people prove who they are: guesses are counted much earlier than other requests.</summary>
    public static IReadOnlySet<string> SigningIn { get; } = new HashSet<string>(StringComparer.Ordinal) { "SignIn", "SetUp", "Join", "BeginPasskeySignIn", "SignInWithPasskey", "ProveSessionWithPasskey", "AuthoriseDevice", "TakeToken", "ProveSession", "BeginSignOn", "EndSignOn" };

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(WriteHeadersAsync, context);
        var caller = CallerOf(context.Request);
        var taken = SigningIn.Contains(context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "") ? OfNetwork(context, "sign-in", options.SignInsPerMinute)
            : caller is not "" && buckets.TakeKnown(new(NameOf(context.Request), caller)) is { } known ? known
            : OfNetwork(context, "network", options.StrangersPerMinute);
        if (taken is { } one)
            Note(context, one);
        if (taken is { IsRefused: true } refused)
            await RefuseAsync(context, refused);
        else
            await next(context);
    }

    public static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    public static string NameOf(HttpRequest request) => IsRead(request) ? "token-reads" : "token-writes";

    /// <returns>A digest of what the caller proves himself by; "" when he proves nothing.</returns>
    public static string CallerOf(HttpRequest request)
    {
        var proof = request.Headers.Authorization.ToString() is { Length: > 0 } header ? header : request.Cookies[SessionTokens.Cookie] ?? "";
        return proof is "" ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof)).AsSpan(0, 16));
    }

    /// <summary>The answer tells of the bucket that is closest to empty.</summary>
    public static void Note(HttpContext context, Taken taken)
    {
        if (context.Items[Item] is not Taken noted || taken.IsRefused || taken.IsTighterThan(noted))
            context.Items[Item] = taken;
    }

    public static Task RefuseAsync(HttpContext context, Taken refused) =>
        ProblemAnswers.AnswerAsync(context, LimitProblems.TooMany(refused.Name, refused.Limit, refused.RetryAfter));

    private Taken? OfNetwork(HttpContext context, string name, long perMinute) => perMinute is 0 ? null : buckets.Take(new(name, ClientAddress.NetworkOf(ClientAddress.Of(context))), perMinute);

    private static Task WriteHeadersAsync(object state)
    {
        var context = (HttpContext)state;
        if (context.Items[Item] is not Taken taken)
            return Task.CompletedTask;
        var headers = context.Response.Headers;
        foreach (var prefix in (string[])["RateLimit-", "X-RateLimit-"])
        {
            headers[prefix + "Limit"] = taken.Limit.ToString(CultureInfo.InvariantCulture);
            headers[prefix + "Remaining"] = taken.Remaining.ToString(CultureInfo.InvariantCulture);
            headers[prefix + "Reset"] = taken.Reset.ToString(CultureInfo.InvariantCulture);
        }

        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"{taken.Limit};w=60;name=\"{taken.Name}\"");
        if (taken.IsRefused)
            headers.RetryAfter = taken.RetryAfter.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}

/// <summary>Stands behind authentication: the caller's networks, the buckets of his token and of his org.</summary>
internal sealed class OrgGate(RequestDelegate next, Buckets buckets, OrgPolicies policies, Audit.DenialFolding denials)
{
    /// <summary>An org may do as much as so many of its tokens.</summary>
    private const int TokensPerOrg = 10;

    public async Task InvokeAsync(HttpContext context)
    {
        if (await Caller.BindAsync(context) is { } caller)
        {
            var policy = await policies.OfAsync(caller.Org, context.RequestAborted);
            await RefuseStrangersAsync(context, caller, policy);
            if (Take(context, caller, policy) is { } refused)
            {
                await RateLimits.RefuseAsync(context, refused);
                return;
            }
        }

        await next(context);
    }

    /// <summary>The unix socket is for whoever administers the machine: it is the way back for those who locked themselves out.</summary>
    private async Task RefuseStrangersAsync(HttpContext context, Caller caller, OrgPolicy policy)
    {
        if (policy.Networks.IsEmpty || context.Connection.RemoteIpAddress is not { } address || policy.Networks.Contains(address))
            return;
        await denials.RecordAsync(caller.Org, caller.Actor, "network", $"{context.Request.Method} {context.Request.Path}", caller.Address, context.RequestAborted);
        throw new ProblemException(SecurityProblems.OtherNetwork(caller.Address));
    }

    /// <returns>What refused it; null when it may go on.</returns>
    private Taken? Take(HttpContext context, Caller caller, OrgPolicy policy)
    {
        var (isRead, own) = (RateLimits.IsRead(context.Request), new BucketKey(RateLimits.NameOf(context.Request), RateLimits.CallerOf(context.Request)));
        if ((isRead ? policy.Reads : policy.Writes) is not (> 0 and var perMinute))
        {
            buckets.Drop(own);
            return null;
        }

        // A token that was seen before was counted before it was looked up.
        if (!buckets.Has(own, perMinute))
        {
            var taken = buckets.Take(own, perMinute);
            RateLimits.Note(context, taken);
            if (taken.IsRefused)
                return taken;
        }

        var all = buckets.Take(new(isRead ? "org-reads" : "org-writes", caller.Org.ToString()), perMinute * TokensPerOrg);
        RateLimits.Note(context, all);
        return all.IsRefused ? all : null;
    }
}
