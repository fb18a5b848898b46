using Davit.Model;
using Davit.Model.Access;

namespace Davit.ControlPlane.Access;

/// <summary>What an endpoint needs. An endpoint that declares nothing keeps the server from starting.</summary>
internal sealed record Permission(string Name)
{
    /// <summary>For what says nothing about any tenant, such as whether the server is alive.</summary>
    public static Permission Nobody { get; } = new("");

    /// <summary>For what concerns nobody but whoever is signed in, such as their own sessions.</summary>
    public static Permission Self { get; } = new("self");

    public bool IsOpen => Name is "";

    public bool IsSelf => Name is "self";
}

internal static class Permissions
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, string permission) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Permission(permission));

    public static TBuilder NeedsSignIn<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(Permission.Self);

    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(Permission.Nobody);

    /// <exception cref="ProblemException">DV4203 names every endpoint without a declaration, or with one that the catalogue does not have.</exception>
    public static void RequireEverywhere(IEnumerable<Endpoint> endpoints)
    {
        var undeclared = endpoints.OfType<RouteEndpoint>().Where(e => !IsDeclared(e.Metadata.GetMetadata<Permission>())).Select(e => e.RoutePattern.RawText ?? "?").ToList();
        if (undeclared.Count > 0)
            throw new ProblemException(ServerProblems.UndeclaredPermission(undeclared));
    }

    private static bool IsDeclared(Permission? permission) => permission is not null && (permission.IsOpen || permission.IsSelf || PermissionCatalog.Find(permission.Name) is not null);
}
