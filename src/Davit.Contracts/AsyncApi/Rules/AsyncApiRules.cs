using System.Collections.Immutable;
using Davit.Contracts.AsyncApi.Pairs;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.AsyncApi.Rules;

/// <summary>The table of contents of every rule about AsyncAPI. A rule that is not listed does not run, and a test says so.</summary>
internal static class AsyncApiRules
{
    public static ImmutableArray<Rule<DocumentPair>> Documents { get; } = [Rule<DocumentPair>.Of<VersionChanged>()];

    public static ImmutableArray<Rule<ValuePair>> Ids { get; } = [Rule<ValuePair>.Of<IdChanged>()];

    public static ImmutableArray<Rule<DefaultContentTypePair>> DefaultContentTypes { get; } = [Rule<DefaultContentTypePair>.Of<DefaultContentTypeChanged>()];

    public static ImmutableArray<Rule<ValuePair>> Infos { get; } = [Rule<ValuePair>.Of<InfoChanged>()];

    public static ImmutableArray<Rule<ServerPartPair>> Servers { get; } = [Rule<ServerPartPair>.Of<ServerChanged>()];

    public static ImmutableArray<Rule<ValuePair>> ServerProtocols { get; } = [Rule<ValuePair>.Of<ServerProtocolChanged>()];

    public static ImmutableArray<Rule<SecurityPair>> ServerSecurity { get; } = [Rule<SecurityPair>.Of<ServerSecurityChanged>()];

    public static ImmutableArray<Rule<ValuePair>> ServerVariableDefaults { get; } = [Rule<ValuePair>.Of<ServerVariableDefaultChanged>()];

    public static ImmutableArray<Rule<ChannelPartPair>> Channels { get; } = [Rule<ChannelPartPair>.Of<ChannelChanged>()];

    public static ImmutableArray<Rule<ValuePair>> ChannelParameters { get; } = [Rule<ValuePair>.Of<ChannelParameterChanged>()];

    public static ImmutableArray<Rule<OperationPartPair>> Operations { get; } = [Rule<OperationPartPair>.Of<OperationChanged>()];

    public static ImmutableArray<Rule<AsyncOperationPair>> OperationLifecycles { get; } = [Rule<AsyncOperationPair>.Of<OperationDeprecation>()];

    public static ImmutableArray<Rule<SecurityPair>> OperationSecurity { get; } = [Rule<SecurityPair>.Of<OperationSecurityChanged>()];

    public static ImmutableArray<Rule<ReplyPartPair>> Replies { get; } = [Rule<ReplyPartPair>.Of<OperationReplyChanged>()];

    public static ImmutableArray<Rule<MessagePair>> Messages { get; } = [Rule<MessagePair>.Of<MessageChanged>()];

    public static ImmutableArray<Rule<MessagePair>> MessageNames { get; } = [Rule<MessagePair>.Of<MessageNameChanged>()];

    public static ImmutableArray<Rule<FormatPair>> MessageFormats { get; } = [Rule<FormatPair>.Of<MessageFormatChanged>()];

    public static ImmutableArray<Rule<ValuePair>> MessageCorrelations { get; } = [Rule<ValuePair>.Of<MessageCorrelationChanged>()];

    public static ImmutableArray<Rule<MessageSchemaPair>> Payloads { get; } =
    [
        Rule<MessageSchemaPair>.Of<MessagePayloadChanged>(),
        Rule<MessageSchemaPair>.Of<PayloadSchemaDecided>(),
    ];

    public static ImmutableArray<Rule<MessageSchemaPair>> Headers { get; } =
    [
        Rule<MessageSchemaPair>.Of<MessageHeadersChanged>(),
        Rule<MessageSchemaPair>.Of<HeadersSchemaDecided>(),
    ];

    public static ImmutableArray<Rule<MessageSchemaPair>> NotJudged { get; } = [Rule<MessageSchemaPair>.Of<MessageNotJudged>()];

    public static ImmutableArray<Rule<BindingPair>> Bindings { get; } = [Rule<BindingPair>.Of<BindingChanged>()];

    /// <summary>Those that are written here; payloads and headers have those of schemas besides, under names of their own.</summary>
    public static IEnumerable<RuleSpec> Own =>
    [
        .. Of(Documents), .. Of(Ids), .. Of(DefaultContentTypes), .. Of(Infos), .. Of(Servers), .. Of(ServerProtocols), .. Of(ServerSecurity),
        .. Of(ServerVariableDefaults), .. Of(Channels), .. Of(ChannelParameters), .. Of(Operations), .. Of(OperationLifecycles), .. Of(OperationSecurity),
        .. Of(Replies), .. Of(Messages), .. Of(MessageNames), .. Of(MessageFormats), .. Of(MessageCorrelations), .. Of(Payloads), .. Of(Headers),
        .. Of(NotJudged), .. Of(Bindings),
    ];

    private static IEnumerable<RuleSpec> Of<TPair>(ImmutableArray<Rule<TPair>> rules) => rules.SelectMany(r => r.Specs);
}
