using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.AsyncApi;

/// <summary>Descriptions that are made to take forever, or to crash.</summary>
public sealed class AsyncApiHostileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("davit")]
    [InlineData("asyncapi-diff")]
    public void Schemas_that_use_themselves_end_and_are_judged(string profile)
    {
        static string Of(string type) => $$"""
            asyncapi: 2.6.0
            channels: { a: { publish: { message: { payload: { $ref: '#/components/schemas/Node' } } } } }
            components: { schemas: { Node: { type: object, properties: { next: { $ref: '#/components/schemas/Node' }, value: { type: {{type}} } } } } }
            """;

        Compare(Of("string"), Of("string"), profile).ShouldBeEmpty();
        Compare(Of("string"), Of("boolean"), profile).ShouldContain(f => f.Severity == Severity.Breaking);
    }

    /// <summary>Each schema uses the next one twice, so there are two to the fortieth ways to the last.</summary>
    [Theory]
    [InlineData("davit")]
    [InlineData("asyncapi-diff")]
    public void Shared_schemas_are_not_walked_once_per_way(string profile)
    {
        static string Of(string type) => "asyncapi: 2.6.0\nchannels: { a: { publish: { message: { payload: { $ref: '#/components/schemas/s0' } } } } }\ncomponents: { schemas: { "
            + string.Concat(Enumerable.Range(0, 40).Select(i => $"s{i}: {{ type: object, properties: {{ l: {{ $ref: '#/components/schemas/s{i + 1}' }}, r: {{ $ref: '#/components/schemas/s{i + 1}' }} }} }}, "))
            + $"s40: {{ type: {type} }} }} }}";

        Compare(Of("string"), Of("string"), profile).ShouldBeEmpty();
        Compare(Of("string"), Of("integer"), profile).ShouldContain(f => f.Rule.Id == "findings-truncated");
    }

    [Theory]
    [InlineData("#/components/messages/b", UnreadableCodes.ReferenceChain)]
    [InlineData("#/components/messages/nobody", UnreadableCodes.Unresolved)]
    [InlineData("../../etc/passwd", UnreadableCodes.OutsideRoot)]
    [InlineData("http://127.0.0.1:1/x.json", UnreadableCodes.Remote)]
    public void References_that_lead_nowhere_are_refused_with_their_place(string reference, string code)
    {
        var leaving = $"asyncapi: 3.0.0\nchannels: {{ a: {{ address: a, messages: {{ m: {{ $ref: '{reference}' }} }} }} }}\ncomponents: {{ messages: {{ b: {{ $ref: '#/components/messages/b' }} }} }}";

        var refused = Should.Throw<UnreadableException>(() => Compare(leaving, leaving, "davit"));

        refused.Code.ShouldBe(code);
        refused.At.ShouldNotBeNull();
    }

    /// <summary>Other readers of such a description run out of stack.</summary>
    [Theory]
    [InlineData("davit", "payload: { $ref: '#/components/schemas/s0' }")]
    [InlineData("asyncapi-diff", "payload: { $ref: '#/components/schemas/s0' }")]
    [InlineData("asyncapi-diff", "name: nothing")]
    public void Schemas_that_use_each_other_too_deep_are_refused(string profile, string message)
    {
        string Of(int count, string type) => $"asyncapi: 2.6.0\nchannels: {{ a: {{ publish: {{ message: {{ {message} }} }} }} }}\ncomponents: {{ schemas: {{ "
            + string.Concat(Enumerable.Range(0, count).Select(i => $"s{i}: {{ required: [n], properties: {{ n: {{ $ref: '#/components/schemas/s{i + 1}' }} }} }}, "))
            + $"s{count}: {{ type: {type} }} }} }}";

        Should.Throw<UnreadableException>(() => Compare(Of(15_000, "string"), Of(15_000, "string"), profile)).Code.ShouldBe(UnreadableCodes.TooDeep);
        Should.Throw<UnreadableException>(() => Compare(Of(15_000, "string"), Of(15_000, "integer"), profile)).Code.ShouldBe(UnreadableCodes.TooDeep);
        Compare(Of(500, "string"), Of(500, "string"), profile).ShouldBeEmpty();
        Compare(Of(500, "string"), Of(500, "integer"), profile).ShouldNotBeEmpty();
    }

    [Fact]
    public void Roots_that_refer_to_something_else_are_told_apart()
    {
        const string List = "asyncapi: 2.6.0\n$ref: '#/x-list'\nx-list: []";
        const string Plain = "asyncapi: 2.6.0\nchannels: {}";

        Compare(List, List, "asyncapi-diff").ShouldBeEmpty();
        Compare(List, Plain, "asyncapi-diff").ShouldHaveSingleItem().Text.ShouldBe("the description changed");
        Compare(Plain, List, "asyncapi-diff").ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);
    }

    [Fact]
    public void Traits_that_are_merged_into_too_much_are_refused()
    {
        var messages = string.Join(", ", Enumerable.Range(0, 70).Select(i => $"m{i}: {{ headers: {{ type: object, title: h{i} }}, traits: [{{ $ref: '#/components/messageTraits/t' }}] }}"));
        var text = $"asyncapi: 3.0.0\nchannels: {{ a: {{ address: a, messages: {{ {messages} }} }} }}\ncomponents: {{ messageTraits: {{ t: {{ headers: {{ description: {new string('d', 1 << 20)} }} }} }} }}";

        var refused = Should.Throw<UnreadableException>(() => Compare(text, text, "davit"));

        refused.Code.ShouldBe(UnreadableCodes.TooLarge);
        refused.At.ShouldNotBeNull();
    }

    /// <summary>Four thousand operations share two thousand messages.</summary>
    [Theory]
    [InlineData("string", 0)]
    [InlineData("boolean", 4_000)]
    public void Operations_of_one_channel_are_not_walked_message_by_message(string type, int count)
    {
        static string Of(string type) => "asyncapi: 3.0.0\nchannels: { a: { address: a, messages: { "
            + string.Join(", ", Enumerable.Range(0, 2_000).Select(i => $"m{i}: {{ payload: {{ type: object, title: t{i}, properties: {{ v: {{ type: {(i is 7 ? type : "string")} }} }} }} }}"))
            + " } } }\noperations: { " + string.Join(", ", Enumerable.Range(0, 4_000).Select(i => $"o{i}: {{ action: receive, channel: {{ $ref: '#/channels/a' }} }}")) + " }";

        Compare(Of("string"), Of(type), "davit").Count.ShouldBe(count);
    }

    [Theory]
    [InlineData("2.0.0")]
    [InlineData("2.6.12")]
    [InlineData("3.0.10")]
    [InlineData("3.1.0")]
    public void Versions_that_are_known_are_read(string version) => Compare($"asyncapi: {version}", $"asyncapi: {version}", "davit").ShouldBeEmpty();

    [Theory]
    [InlineData("1.2.0")]
    [InlineData("2.7.0")]
    [InlineData("3.2.0")]
    [InlineData("3.9.1")]
    [InlineData("3.0.")]
    [InlineData("4.0.0")]
    [InlineData("{}")]
    public void Versions_that_are_not_known_are_refused(string version) =>
        Should.Throw<UnreadableException>(() => Compare($"asyncapi: {version}", "asyncapi: 2.6.0", "davit")).Code.ShouldBe(UnreadableCodes.Version);

    [Theory]
    [InlineData("asyncapi: 2.6.0\nid: {}\ninfo: 7\nservers: { a: 1, b: { url: 3, variables: [1], security: [3, { x: 1 }], bindings: 4 } }\nchannels: { c: 3, d: { servers: 1, parameters: [2], bindings: { kafka: 1 }, publish: 3, subscribe: { operationId: 4, traits: { operationId: x }, security: 1, message: { oneOf: [3, {}], traits: 1 } } }, e: { publish: { message: { payload: 5, headers: [], correlationId: 3, bindings: { x: {} } } } } }\ncomponents: 3")]
    [InlineData("asyncapi: 3.0.0\ndefaultContentType: []\nservers: 3\nchannels: { c: 3, d: { address: 3, messages: { a: 1, b: { payload: { schemaFormat: application/vnd.apache.avro, schema: 3 } } }, servers: [3, {}] } }\noperations: { a: 3, b: { action: receive, channel: 3 }, c: { action: send, channel: { address: x }, messages: [3, {}], reply: { address: 3, channel: 4, messages: 5 }, security: {} }, d: { action: {}, channel: {} } }")]
    public void Senseless_values_are_left_out_and_never_a_crash(string senseless)
    {
        var other = senseless.Split('\n')[0] + "\nchannels: { c: {}, d: { publish: { message: { payload: { type: string } } }, address: d, messages: { b: { payload: { schemaFormat: application/vnd.apache.avro, schema: int } } } } }";

        foreach (var profile in (string[])["davit", "asyncapi-diff"])
        {
            Compare(senseless, senseless, profile).ShouldBeEmpty();
            Compare(senseless, other, profile).ShouldNotBeEmpty();
            Compare(other, senseless, profile).ShouldNotBeEmpty();
        }
    }

    private static IReadOnlyList<Finding> Compare(string old, string @new, string profile)
    {
        IReadOnlyList<Finding> findings = [];
        Exception? failure = null;
        var work = new Thread(() =>
        {
            try
            {
                findings = Comparison.Of(Source(old), Source(@new), new ComparisonOptions(Compared.Today) { Profile = profile }).Findings;
            }
            catch (UnreadableException unreadable)
            {
                failure = unreadable;
            }
        }) { IsBackground = true };
        work.Start();
        work.Join(Patience).ShouldBeTrue("the comparison does not end");
        return failure is null ? findings : throw failure;
    }

    private static ContractSource Source(string text) => ContractSource.Of("api.yaml", Encoding.UTF8.GetBytes(text));
}
