namespace Davit.ControlPlane.Hardening;

/// <summary>
/// Headers that every answer carries, errors too. What a page needs beyond them it sets itself: a header that is there stays.
/// There is no CORS: no answer allows another origin to read it.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string TwoYears = "max-age=63072000";

    public static IReadOnlyList<(string Name, string Value)> Always { get; } =
    [
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ];

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(WriteAsync, context);
        return next(context);
    }

    private static Task WriteAsync(object state)
    {
        var context = (HttpContext)state;
        foreach (var (name, value) in Always)
            context.Response.Headers.TryAdd(name, value);
        if (context.Request.IsHttps)
            context.Response.Headers.TryAdd("Strict-Transport-Security", TwoYears);
        return Task.CompletedTask;
    }
}
