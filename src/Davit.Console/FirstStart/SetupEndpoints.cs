using Davit.Console.Shell;
using Davit.Model;
using Davit.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Davit.Console.FirstStart;

/// <summary>What the page of the first start shows.</summary>
/// <param name="Code">From the link that was printed; "" has it typed.</param>
public sealed record SetupForm(string Code, string Email, string Name, string Org)
{
    public Problem? Problem { get; init; }

    /// <summary>Nothing came with the link, or it was of no use.</summary>
    public bool NeedsCode => Code is "" || Problem?.Of.Code is "DV7001";
}

/// <summary>Makes the first owner, once.</summary>
internal static class SetupEndpoints
{
    private const string Path = "/setup";

    public static void MapSetup(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ShowAsync);
        app.MapPost(Path, MakeAsync);
    }

    private static async Task<IResult> ShowAsync(string? code, HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        using var api = caller.For(context);
        var setup = await api.GetAsync("v1/setup", WireJson.Default.SetupView, ct);
        return setup.Needed ? Page(new SetupForm(code ?? "", "", "", "")) : Pages.Show<AlreadySetUp>(new { });
    }

    private static async Task<IResult> MakeAsync(HttpContext context, ApiCaller caller, CancellationToken ct)
    {
        var form = await Forms.ReadAsync(context.Request, ct);
        var asked = new SetupForm(form["code"].ToString().Trim(), form["email"].ToString(), form["name"].ToString(), form["org"].ToString().Trim());
        var password = form["password"].ToString();
        using var api = caller.For(context);
        try
        {
            await api.PostAsync("v1/setup", new SetupRequest(asked.Code, asked.Email, asked.Name, password) { Org = asked.Org is "" ? null : asked.Org }, (WireJson.Default.SetupRequest, WireJson.Default.SignedIn), ct);
        }
        catch (ProblemException e)
        {
            return Page(asked with { Problem = e.Problem });
        }

        await SessionCookie.BeginAsync(api, new SignInRequest(asked.Email, password), context, ct);
        return Results.Redirect("/");
    }

    private static RazorComponentResult Page(SetupForm form) => Pages.Show<SetupPage>(new { Form = form }, form.Problem?.Of.Status ?? StatusCodes.Status200OK);
}
