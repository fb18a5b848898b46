using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Model;

/// <param name="Node">Where the description says it.</param>
internal sealed record Server(string Url, Node Node);
