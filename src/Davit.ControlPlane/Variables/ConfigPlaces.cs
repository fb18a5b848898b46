using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.Model;
using Davit.Planning.Configuring;
using Davit.Store.Configuring;
using Davit.Store.Resources;
using Npgsql;

namespace Davit.ControlPlane.Variables;

/// <summary>The four kinds of places that variables and secrets are set at, and how a path names them.</summary>
internal static class ConfigPlaces
{
    private const string Org = "/v1/orgs/{org}";
    private const string Project = $"{Org}/projects/{{project}}";
    private const string App = $"{Project}/apps/{{app}}";
    private const string Env = $"{App}/envs/{{env}}";

    /// <summary>Maps the same endpoints below each kind of place.</summary>
    public static void MapBelowEach(this IEndpointRouteBuilder app, string collection, IConfigMapping mapping)
    {
        mapping.Map<OrgPath>(app.MapGroup($"{Org}/{collection}"), "Org");
        mapping.Map<ProjectPath>(app.MapGroup($"{Project}/{collection}"), "Project");
        mapping.Map<AppPath>(app.MapGroup($"{App}/{collection}"), "App");
        mapping.Map<EnvPath>(app.MapGroup($"{Env}/{collection}"), "Env");
    }

    public static IEndpointConventionBuilder MapFor(this RouteGroupBuilder group, HttpMethod method, string pattern, Delegate handler) => LateHandlers.Map(group, method.Method, pattern, handler);

    public static async Task<ConfigPlace> PlaceAsync(this Places places, Caller caller, object path, CancellationToken ct) => path switch
    {
        OrgPath org => new((await places.OrgAsync(caller, org, ct)).Id),
        ProjectPath project => Of(await places.ProjectAsync(caller, project, ct)),
        AppPath app => Of(await places.AppAsync(caller, app, ct)),
        EnvPath env => Of(await places.EnvAsync(caller, env, ct)),
        _ => throw new ArgumentException($"{path.GetType().Name} is no place", nameof(path)),
    };

    private static ConfigPlace Of(ProjectRow row) => new(row.OrgId) { Project = row.Id };

    private static ConfigPlace Of(AppRow row) => new(row.OrgId) { App = row.Id };

    private static ConfigPlace Of(EnvRow row) => new(row.OrgId) { Env = row.Id };

    /// <summary>The options by which a command names the place.</summary>
    public static string Options(object path) => path switch
    {
        EnvPath env => $"--app {env.App} --env {env.Env}",
        AppPath app => $"--app {app.App} --place app",
        ProjectPath project => $"--project {project.Project} --place project",
        _ => "--place org",
    };

    /// <exception cref="ProblemException">DV7218.</exception>
    public static async Task CheckRoomAsync(NpgsqlConnection db, ConfigPlace place, int more, CancellationToken ct)
    {
        if (await VariableTable.CountAsync(db, place, ct) + more > VariableNames.MostOfOnePlace)
            throw new ProblemException(VariableProblems.TooMany($"this {place.Kind}", VariableNames.MostOfOnePlace));
    }
}

/// <summary>Endpoints that are the same for every kind of place.</summary>
internal interface IConfigMapping
{
    /// <param name="place">Part of the names of its operations.</param>
    void Map<TPath>(RouteGroupBuilder group, string place) where TPath : notnull;
}
