using Davit.Model;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Davit.Console.Shell;

/// <summary>How pages are answered, and what they become when the API refuses.</summary>
internal static class Pages
{
    private const string Policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static RazorComponentResult Show<TPage>(object values, int status = StatusCodes.Status200OK) where TPage : IComponent => new RazorComponentResult<TPage>(values) { StatusCode = status };

    /// <summary>A problem of the API becomes a page; a missing sign-in leads to the page where one signs in.</summary>
    public static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext asked, EndpointFilterDelegate next)
    {
        var context = asked.HttpContext;
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        try
        {
            SameSite.Require(context.Request);
            return await next(asked);
        }
        catch (ProblemException e) when (e.Problem.Of.Status is StatusCodes.Status401Unauthorized && HttpMethods.IsGet(context.Request.Method))
        {
            return Results.Redirect($"/sign-in?return={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        }
        catch (ProblemException e)
        {
            return Show<ProblemPage>(new { e.Problem, RequestId = context.TraceIdentifier }, e.Problem.Of.Status);
        }
    }
}
