using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>Where messages go.</summary>
/// <param name="Key">How version 3 calls it; empty in version 2, where the address is all there is.</param>
internal sealed record AsyncChannel(AsyncDocument Document, string Key, string? Address, Node Node, Node Site)
{
    /// <summary>The address without the names of its parameters; a channel whose address is not known yet goes by its key.</summary>
    public string Identity { get; } = Address is null ? "\0" + Key : new PathTemplate(Address).Blank;

    public string Told => Address ?? Key;

    public IReadOnlyList<string> Servers { get; } = [.. Node["servers"].Children.ToList().Select(s => s.Text ?? Last(s["$ref"].Text)).OfType<string>().Distinct(StringComparer.Ordinal)];

    public IEnumerable<NamedNode> Parameters => Document.Members(Node["parameters"]);

    public Node Bindings => Document.Resolve(Node["bindings"]);

    private static string? Last(string? reference) => reference?[(reference.LastIndexOf('/') + 1)..];
}
