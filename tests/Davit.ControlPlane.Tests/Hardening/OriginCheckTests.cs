using Davit.ControlPlane.Hardening;
using Davit.Model;
using Microsoft.AspNetCore.Http;

namespace Davit.ControlPlane.Tests.Hardening;

/// <summary>What browsers send, by the Fetch standard, and what others send who pretend to be one.</summary>
public sealed class OriginCheckTests
{
    [Theory]
    [InlineData("POST", "https://davit.example", "same-origin", true)]
    [InlineData("POST", "https://davit.example", "", true)]
    [InlineData("POST", "", "same-origin", true)]
    [InlineData("POST", "https://DAVIT.example", "same-origin", true)]
    [InlineData("POST", "https://davit.example:443", "same-origin", true)]
    [InlineData("GET", "https://evil.example", "cross-site", true)]
    [InlineData("POST", "https://evil.example", "cross-site", false)]
    [InlineData("POST", "https://evil.example", "", false)]
    [InlineData("POST", "https://davit.example", "cross-site", false)]
    [InlineData("POST", "https://davit.example", "same-site", false)]
    [InlineData("POST", "https://app.davit.example", "same-site", false)]
    [InlineData("POST", "https://davit.example.evil.example", "", false)]
    [InlineData("POST", "https://davit.example:8443", "", false)]
    [InlineData("POST", "http://davit.example", "", false)]
    [InlineData("POST", "null", "", false)]
    [InlineData("POST", "", "", false)]
    [InlineData("POST", "", "none", false)]
    [InlineData("PUT", "https://evil.example", "cross-site", false)]
    [InlineData("PATCH", "https://evil.example", "cross-site", false)]
    [InlineData("DELETE", "https://evil.example", "cross-site", false)]
    [InlineData("WEBSOCKET", "https://davit.example", "same-origin", true)]
    [InlineData("WEBSOCKET", "https://evil.example", "cross-site", false)]
    [InlineData("WEBSOCKET", "", "", false)]
    [InlineData("WEBSOCKET", "", "same-origin", false)]
    public async Task With_a_session_only_the_site_itself_changes_anything(string method, string origin, string site, bool isTaken) =>
        (await TakesAsync(method, origin, site, "__Host-davit=abc")).ShouldBe(isTaken);

    [Theory]
    [InlineData("")]
    [InlineData("other=1; __Host-davitx=1")]
    public async Task Without_the_sessions_cookie_there_is_nothing_to_abuse(string cookies) =>
        (await TakesAsync("POST", "https://evil.example", "cross-site", cookies)).ShouldBeTrue();

    private static async Task<bool> TakesAsync(string method, string origin, string site, string cookies)
    {
        var context = new DefaultHttpContext { Request = { Method = method is "WEBSOCKET" ? "GET" : method, Scheme = "https", Host = new HostString("davit.example") } };
        if (method is "WEBSOCKET")
            context.Request.Headers.Upgrade = "websocket";
        foreach (var (name, value) in ((string, string)[])[("Origin", origin), ("Sec-Fetch-Site", site), ("Cookie", cookies)])
        {
            if (value is not "")
                context.Request.Headers[name] = value;
        }

        var isTaken = false;
        try
        {
            await new OriginCheck(_ =>
            {
                isTaken = true;
                return Task.CompletedTask;
            }).InvokeAsync(context);
        }
        catch (ProblemException e) when (e.Problem.Code is "DV7910")
        {
        }

        return isTaken;
    }
}
