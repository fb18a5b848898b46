namespace Davit.Contracts.AsyncApi.Model;

/// <summary>What the application does with the messages of a channel.</summary>
internal enum AsyncAction
{
    /// <summary><c>receive</c>, in version 2 <c>publish</c>: others publish to it.</summary>
    Receive,

    /// <summary><c>send</c>, in version 2 <c>subscribe</c>: others subscribe to it.</summary>
    Send,
}
