using System.Text;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.AsyncApi;

/// <summary>Compares two descriptions that stand in a test.</summary>
internal static class Compared
{
    public static readonly DateOnly Today = new(2027, 3, 1);

    public static IReadOnlyList<Finding> Descriptions(string old, string @new, string profile = "davit", AsyncApiOptions? options = null) => Comparison.Of(
        ContractSource.Of("api.yaml", Encoding.UTF8.GetBytes(old)),
        ContractSource.Of("api.yaml", Encoding.UTF8.GetBytes(@new)),
        new ComparisonOptions(Today) { Profile = profile, AsyncApi = options ?? new() }).Findings;

    /// <summary>One line for each finding: level, id, operation, path and element.</summary>
    public static string Told(IEnumerable<Finding> findings) => string.Join('\n', findings.Select(f => string.Join(' ', ((string[])[$"{f.Severity}", f.Rule.Id, f.Operation, f.Path, f.Element]).Where(w => w is not ""))));

    /// <summary>A description of version 2 with one channel <c>orders</c>.</summary>
    public static string Version2(string verb, string message) => $$"""
        asyncapi: 2.6.0
        info: { title: T, version: 1.0.0 }
        channels: { orders: { {{verb}}: { operationId: op, message: {{message}} } } }
        """;

    /// <summary>The same in version 3.</summary>
    /// <param name="messages">Name and message of each.</param>
    public static string Version3(string action, string messages, string reply = "") => $$"""
        asyncapi: 3.0.0
        info: { title: T, version: 1.0.0 }
        channels: { orders: { address: orders, messages: { {{messages}} } }, answers: { address: answers, messages: { {{(reply is "" ? "" : reply)}} } } }
        operations: { op: { action: {{action}}, channel: { $ref: '#/channels/orders' }{{(reply is "" ? "" : ", reply: { channel: { $ref: '#/channels/answers' } }")}} } }
        """;
}
