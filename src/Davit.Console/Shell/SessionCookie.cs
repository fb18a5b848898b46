using Davit.Client;
using Davit.Wire;
using Microsoft.AspNetCore.Http;

namespace Davit.Console.Shell;

/// <summary>Signs a browser in: the cookie that the API makes is handed on as it is.</summary>
internal static class SessionCookie
{
    public static async Task BeginAsync(DavitClient api, SignInRequest request, HttpContext context, CancellationToken ct)
    {
        var (_, cookies) = await api.SignInAsync(request with { As = "cookie", Device = Device(context.Request) }, ct);
        context.Response.Headers.Append("Set-Cookie", cookies);
    }

    private static string Device(HttpRequest request) => new([.. request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c)).Take(100)]);
}
