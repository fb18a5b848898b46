using Davit.Console.Shell;
using Davit.Model;
using Davit.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Davit.Console.SignIn;

/// <summary>What the page shows where one signs in.</summary>
/// <param name="ReturnTo">Where to go on afterwards, below this server.</param>
public sealed record SignInForm(string Email, string ReturnTo)
{
    public Problem? Problem { get; init; }

    /// <summary>The account has a second factor.</summary>
    public bool NeedsCode => Problem?.Of.Code is "DV7007";
}

/// <summary>Signing in and out.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", ShowAsync);
        app.MapPost("/sign-in", EnterAsync);
        app.MapPost("/sign-out", LeaveAsync);
    }

    private static async Task<IResult> ShowAsync(string? @return, HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        using var api = caller.For(context);
        var setup = await api.GetAsync("v1/setup", WireJson.Default.SetupView, ct);
        return setup.Needed ? Results.Redirect("/setup") : Page(new SignInForm("", LocalPath.Of(@return)));
    }

    private static async Task<IResult> EnterAsync(HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        var form = await Forms.ReadAsync(context.Request, ct);
        var asked = new SignInForm(form["email"].ToString(), LocalPath.Of(form["return"].ToString()));
        using var api = caller.For(context);
        try
        {
            await SessionCookie.BeginAsync(api, new SignInRequest(asked.Email, form["password"].ToString(), form["code"].ToString() is { Length: > 0 } code ? code : null), context, ct);
            return Results.Redirect(asked.ReturnTo);
        }
        catch (ProblemException e)
        {
            return Page(asked with { Problem = e.Problem });
        }
    }

    /// <summary>Whoever is signed out already gets there too.</summary>
    private static async Task<IResult> LeaveAsync(HttpContext context, ApiCaller caller, ConsoleLink link, CancellationToken ct)
    {
        using var api = caller.For(context);
        try
        {
            if (caller.HasSession(context))
                await api.DeleteAsync("v1/sessions/current", WireJson.Default.JsonObject, ct);
        }
        catch (ProblemException e) when (e.Problem.Of.Status is StatusCodes.Status401Unauthorized)
        {
            // It had ended already.
        }

        context.Response.Cookies.Delete(link.Cookie, new CookieOptions { Secure = true, HttpOnly = true, Path = "/", SameSite = SameSiteMode.Lax });
        return Results.Redirect("/sign-in");
    }

    private static RazorComponentResult Page(SignInForm form) => Pages.Show<SignInPage>(new { Form = form }, form.Problem?.Of.Status ?? StatusCodes.Status200OK);
}
