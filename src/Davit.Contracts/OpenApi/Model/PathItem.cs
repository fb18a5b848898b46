using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Model;

internal sealed class PathItem
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

    public PathItem(Api api, string template, Node node)
    {
        Template = new PathTemplate(template);
        Node = node;
        SharedParameters = [.. node["parameters"].Children.ToList().Select(p => new Parameter(api, p, isShared: true))];
        Operations = [.. api.Members(node).Where(m => Methods.Contains(m.Name, StringComparer.Ordinal)).Select(m => new Operation(api, this, m.Name.ToUpperInvariant(), m.Node)),
            .. api.Members(node["additionalOperations"]).Select(m => new Operation(api, this, m.Name, m.Node))];
    }

    public PathTemplate Template { get; }

    public Node Node { get; }

    /// <summary>What every operation of the path takes.</summary>
    public IReadOnlyList<Parameter> SharedParameters { get; }

    public IReadOnlyList<Operation> Operations { get; }
}
