using Davit.Console.Audit;
using Davit.Console.Deployments;
using Davit.Console.Envs;
using Davit.Console.FirstStart;
using Davit.Console.Home;
using Davit.Console.Logs;
using Davit.Console.Shell;
using Davit.Console.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Davit.Console;

/// <summary>The web console: pages that a server draws, with the rights of whoever looks at them.</summary>
public static class ConsoleEndpoints
{
    public static IServiceCollection AddConsole(this IServiceCollection services, ConsoleLink link)
    {
        services.AddRazorComponents();
        return services.AddSingleton(link).AddSingleton<ApiCaller>().AddSingleton<LiveParts>();
    }

    /// <returns>All of its pages, to be declared as whatever the server wants declared.</returns>
    public static IEndpointConventionBuilder MapConsole(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").DisableAntiforgery().ExcludeFromDescription();
        pages.AddEndpointFilter(Pages.GuardAsync);
        pages.MapGet("/assets/{digest}/{file}", StaticFiles.Send);
        pages.MapHome();
        pages.MapSetup();
        pages.MapSignIn();
        pages.MapEnvs();
        pages.MapDeployments();
        pages.MapLogs();
        pages.MapAudit();
        return pages;
    }
}
