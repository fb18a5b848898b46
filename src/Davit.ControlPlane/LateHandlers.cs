using Microsoft.Extensions.Options;

namespace Davit.ControlPlane;

/// <summary>
/// Maps handlers as the framework does, but has the code that binds a request to its handler made with the first request instead
/// of at the start: made for every handler at once it takes a small machine longer than everything else that a start does.
/// They take the place of the framework's methods of the same names in all of this project.
/// </summary>
internal static class LateHandlers
{
    public static IEndpointConventionBuilder MapGet(this IEndpointRouteBuilder app, string pattern, Delegate handler) => Map(app, HttpMethods.Get, pattern, handler);

    public static IEndpointConventionBuilder MapPost(this IEndpointRouteBuilder app, string pattern, Delegate handler) => Map(app, HttpMethods.Post, pattern, handler);

    public static IEndpointConventionBuilder MapPut(this IEndpointRouteBuilder app, string pattern, Delegate handler) => Map(app, HttpMethods.Put, pattern, handler);

    public static IEndpointConventionBuilder MapPatch(this IEndpointRouteBuilder app, string pattern, Delegate handler) => Map(app, HttpMethods.Patch, pattern, handler);

    public static IEndpointConventionBuilder MapDelete(this IEndpointRouteBuilder app, string pattern, Delegate handler) => Map(app, HttpMethods.Delete, pattern, handler);

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder app, string method, string pattern, Delegate handler)
    {
        var services = app.ServiceProvider;
        var mapped = app.MapMethods(pattern, [method], static _ => throw new InvalidOperationException("the handler was not bound"));
        mapped.Add(endpoint => Bind((RouteEndpointBuilder)endpoint, method, handler, services));
        return mapped;
    }

    /// <summary>What the endpoint says of itself is known at once; only the code is made late.</summary>
    private static void Bind(RouteEndpointBuilder endpoint, string method, Delegate handler, IServiceProvider services)
    {
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = services, EndpointBuilder = endpoint, RouteParameterNames = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToList(),
            ThrowOnBadRequest = services.GetRequiredService<IOptions<RouteHandlerOptions>>().Value.ThrowOnBadRequest,
            DisableInferBodyFromParameters = HttpMethods.IsGet(method) || HttpMethods.IsDelete(method),
        };
        endpoint.Metadata.Insert(0, handler.Method);
        var inferred = RequestDelegateFactory.InferMetadata(handler.Method, options);
        var bound = new Lazy<RequestDelegate>(() => RequestDelegateFactory.Create(handler, options, inferred).RequestDelegate);
        endpoint.RequestDelegate = context => bound.Value(context);
    }
}
