using Davit.Model;

namespace Davit.ControlPlane.Access;

/// <summary>What an endpoint needs. An endpoint that declares nothing keeps the server from starting.</summary>
internal sealed record Permission(string Name)
{
    /// <summary>For what says nothing about any tenant, such as whether the server is alive.</summary>
    public static Permission Nobody { get; } = new("");

    public bool IsOpen => Name is "";
}

internal static class Permissions
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, string permission) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Permission(permission));

    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(Permission.Nobody);

    /// <exception cref="ProblemException">DV4203 names every endpoint without a declaration.</exception>
    public static void RequireEverywhere(IEnumerable<Endpoint> endpoints)
    {
        var undeclared = endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<Permission>() is null).Select(e => e.RoutePattern.RawText ?? "?").ToList();
        if (undeclared.Count > 0)
            throw new ProblemException(ServerProblems.UndeclaredPermission(undeclared));
    }
}
