using Davit.Contracts.Documents;
using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.AsyncApi.Model;

/// <summary>What the application does with a channel.</summary>
/// <param name="Key">Its <c>operationId</c>, or its name in version 3; empty when it has none.</param>
/// <param name="IsImplicit">The description names a channel and its messages but nothing that is done with it.</param>
internal sealed record AsyncOperation(AsyncAction Action, AsyncChannel Channel, string Key, Traited Traited, Node Site, bool IsImplicit = false)
{
    public required IReadOnlyList<AsyncMessage> Messages { get; init; }

    /// <summary>Null when nothing is answered.</summary>
    public AsyncReply? Reply { get; init; }

    public Lifecycle Lifecycle { get; } = new(Traited.Node);

    public string Verb => Action is AsyncAction.Receive ? "RECEIVE" : "SEND";

    public Node SecurityNode => Traited["security"];

    public IReadOnlyList<Alternative> Security => Alternative.Read(Channel.Document, SecurityNode);
}

/// <summary>The answer to a message.</summary>
/// <param name="Channel">Where the answer goes; empty when the message tells.</param>
/// <param name="Location">Where in the message the address of the answer is; empty when it is not told.</param>
internal sealed record AsyncReply(Node Node, string Channel, string Location, IReadOnlyList<AsyncMessage> Messages);
