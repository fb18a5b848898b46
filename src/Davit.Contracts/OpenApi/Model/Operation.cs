using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Model;

internal sealed class Operation(Api api, PathItem path, string method, Node node)
{
    private IReadOnlyList<Parameter>? _parameters;

    public Api Api { get; } = api;

    public PathItem Path { get; } = path;

    public string Method { get; } = method;

    public Node Node { get; } = node;

    public Lifecycle Lifecycle { get; } = new(node);

    /// <summary>Its own, and those of its path that it does not redefine.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters ??= ReadParameters();

    public Body? Body => Node["requestBody"] is { Exists: true } body ? new Body(Api, Api.Resolve(body), body) : null;

    public IReadOnlyList<Response> Responses => [.. Api.Members(Node["responses"]).Select(r => new Response(Api, r.Name, r.Node, r.Site))];

    /// <summary>A callback has one address; what a document gives beyond the first is kept apart by its address.</summary>
    public IReadOnlyDictionary<string, Callback> Callbacks
    {
        get
        {
            var callbacks = new Dictionary<string, Callback>(StringComparer.Ordinal);
            foreach (var named in Api.Members(Node["callbacks"]))
            {
                foreach (var address in Api.Members(named.Node))
                    callbacks.TryAdd(callbacks.ContainsKey(named.Name) ? $"{named.Name} {address.Name}" : named.Name, new Callback(address.Name, new PathItem(Api, address.Name, address.Node)));
            }

            return callbacks;
        }
    }

    private List<Parameter> ReadParameters()
    {
        var own = Node["parameters"].Children.ToList().Select(p => new Parameter(Api, p, isShared: false)).ToList();
        return [.. own, .. Path.SharedParameters.Where(s => !own.Exists(o => o.In == s.In && o.Name == s.Name))];
    }
}
