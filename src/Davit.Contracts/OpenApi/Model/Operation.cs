using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Model;

internal sealed class Operation(Api api, PathItem path, string method, Node node)
{
    private IReadOnlyList<Parameter>? _parameters;

    public Api Api { get; } = api;

    public PathItem Path { get; } = path;

    public string Method { get; } = method;

    public Node Node { get; } = node;

    public string? Id => Node["operationId"].Text;

    public Lifecycle Lifecycle { get; } = new(node);

    /// <summary>Its own, and those of its path that it does not redefine. In 2.0 a body is no parameter here.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters ??= ReadParameters();

    public Body? Body => Api.IsV2 ? V2Operation.Body(this)
        : Node["requestBody"] is { Exists: true } site && Api.Resolve(site) is var body ? new Body(body, site, body["required"].Boolean is true, MediaType.Read(Api, body["content"])) : null;

    public IReadOnlyList<Response> Responses => [.. Api.Members(Node["responses"]).Select(r => new Response(Api, r.Name, r.Node, r.Site, Api.IsV2 ? V2Operation.Content(this, r.Node) : MediaType.Read(Api, r.Node["content"])))];

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
        List<Parameter> all = [.. own, .. Path.SharedParameters.Where(s => !own.Exists(o => o.In == s.In && o.Name == s.Name))];
        return Api.IsV2 ? all.FindAll(p => p.In is not ("body" or "formData")) : all;
    }
}
