using System.Collections.Immutable;
using static Davit.Contracts.Findings.Severity;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>Every kind of element that may come, go and change.</summary>
internal static class Families
{
    public static Family Version { get; } = new("version", "The version of AsyncAPI", Note, Note, Note);

    public static Family Id { get; } = new("id", "The identifier of the application", Note, Breaking, Breaking);

    public static Family DefaultContentType { get; } = new("default-content-type", "The content type of messages that name none", Breaking, Breaking, Breaking);

    public static Family Info { get; } = new("info", "A statement about the application", Note, Note, Note);

    public static Family Server { get; } = new("server", "A server, or a value of a variable of its address,", Note, Breaking, Breaking);

    public static Family ServerProtocol { get; } = new("server-protocol", "The protocol of a server", Breaking, Breaking, Breaking);

    public static Family ServerSecurity { get; } = new("server-security", "A way to prove who one is to a server", Breaking, Breaking, Breaking);

    public static Family ServerVariableDefault { get; } = new("server-variable-default", "The default of a variable in the address of a server", Breaking, Breaking, Breaking);

    public static Family Channel { get; } = new("channel", "A channel, or one of its servers,", Note, Breaking, Breaking);

    public static Family ChannelParameter { get; } = new("channel-parameter", "A parameter of the address of a channel", Note, Breaking, Breaking);

    public static Family Operation { get; } = new("operation", "An operation", Note, Breaking, Breaking);

    public static Family OperationSecurity { get; } = new("operation-security", "A way to prove who one is for an operation", Breaking, Breaking, Breaking);

    public static Family OperationReply { get; } = new("operation-reply", "The reply to an operation", Note, Breaking, Breaking);

    public static Family Message { get; } = new("message", "A message", Warning, Breaking, Breaking);

    public static Family MessagePayload { get; } = new("message-payload", "The description of a payload", Breaking, Breaking, Breaking);

    public static Family MessageHeaders { get; } = new("message-headers", "The description of the headers of a message", Breaking, Breaking, Breaking);

    public static Family MessageFormat { get; } = new("message-format", "The content type of a message or the language of its schema", Warning, Breaking, Breaking);

    public static Family MessageCorrelation { get; } = new("message-correlation", "What correlates a message with others", Note, Breaking, Breaking);

    public static Family MessageName { get; } = new("message-name", "The name of a message", Note, Note, Note);

    public static Family Binding { get; } = new("binding", "What a protocol is told", Breaking, Breaking, Breaking);

    public static Family Text { get; } = new("text", "A text, a tag or an example", Note, Note, Note);

    public static ImmutableArray<Family> All { get; } =
    [
        Version, Id, DefaultContentType, Info, Server, ServerProtocol, ServerSecurity, ServerVariableDefault, Channel, ChannelParameter, Operation,
        OperationSecurity, OperationReply, Message, MessagePayload, MessageHeaders, MessageFormat, MessageCorrelation, MessageName, Binding, Text,
    ];

    public static Family Named(string name) => All.First(f => f.Name == name);
}
