namespace Davit.Contracts.Tests.AsyncApi;

/// <summary>One edit gives one finding.</summary>
public sealed class AsyncApiRuleTests
{
    private const string Second = """
        asyncapi: 2.6.0
        id: urn:a
        info: { title: T, version: 1.0.0, description: A }
        defaultContentType: application/json
        servers:
          one: { url: one.example.com, protocol: kafka, security: [{ pass: [] }] }
          two: { url: two.example.com, protocol: kafka }
        channels:
          orders:
            servers: [one]
            bindings: { kafka: { topic: orders, partitions: 3 }, unheard: { x: 1 } }
            parameters: { p: { location: '$message.payload#/p' } }
            publish:
              operationId: take
              deprecated: false
              bindings: { http: { method: GET, query: { type: object, properties: { a: { type: string } } } } }
              message: { name: Placed, title: T, correlationId: { location: '$message.header#/id' }, headers: { type: object, properties: { id: { type: string } }, required: [id] }, payload: { type: object, properties: { n: { type: integer } } } }
          receipts: { subscribe: { message: { name: Receipt, contentType: text/plain, payload: { type: string } } } }
          old: { publish: { deprecated: true, message: { payload: { type: string } } }, subscribe: { message: { payload: { type: string } } } }
        components: { securitySchemes: { pass: { type: userPassword }, cert: { type: X509 } } }
        """;

    [Theory]
    [InlineData("asyncapi: 2.6.0", "asyncapi: 2.5.0", "Note aas-version-changed")]
    [InlineData("id: urn:a\n", "", "Note aas-id-removed")]
    [InlineData("version: 1.0.0", "version: 1.0.1", "Note aas-info-changed info")]
    [InlineData("description: A", "description: B", "")]
    [InlineData("title: T, correlationId", "title: U, correlationId", "")]
    [InlineData("defaultContentType: application/json", "defaultContentType: application/xml", "Breaking aas-default-content-type-changed")]
    [InlineData("  two: { url: two.example.com, protocol: kafka }\n", "", "Warning aas-server-removed server 'two'")]
    [InlineData("  two: {", "  three: {", "")]
    [InlineData("url: two.example.com", "url: other.example.com", "Breaking aas-server-changed server 'two'")]
    [InlineData("url: two.example.com, protocol: kafka", "url: two.example.com, protocol: kafka-secure", "Breaking aas-server-protocol-changed server 'two'")]
    [InlineData("security: [{ pass: [] }]", "security: [{ pass: [] }, { cert: [] }]", "Note aas-server-security-added server 'one'")]
    [InlineData("security: [{ pass: [] }]", "security: [{ cert: [] }]", "Breaking aas-server-security-removed server 'one'")]
    [InlineData(", security: [{ pass: [] }]", "", "Note aas-server-security-removed server 'one'")]
    [InlineData("url: two.example.com, protocol: kafka", "url: two.example.com, protocol: kafka, security: [{ pass: [] }]", "Breaking aas-server-security-added server 'two'")]
    [InlineData("servers: [one]", "servers: [one, two]", "Note aas-channel-added orders")]
    [InlineData("servers: [one]", "servers: [two]", "Breaking aas-channel-removed orders\nNote aas-channel-added orders")]
    [InlineData("    servers: [one]\n", "", "Note aas-channel-changed orders")]
    [InlineData("topic: orders", "topic: others", "Breaking aas-binding-changed orders")]
    [InlineData("partitions: 3", "partitions: 4", "Warning aas-binding-changed orders")]
    [InlineData("unheard: { x: 1 }", "unheard: { x: 2 }", "Warning aas-binding-changed orders")]
    [InlineData("a: { type: string }", "a: { type: integer }", "Breaking aas-binding-changed RECEIVE orders http query/a")]
    [InlineData("$message.payload#/p", "$message.payload#/q", "Breaking aas-channel-parameter-changed orders parameter 'p'")]
    [InlineData("operationId: take", "operationId: get", "Breaking aas-operation-changed RECEIVE orders")]
    [InlineData("deprecated: false", "deprecated: true", "Note aas-operation-deprecated RECEIVE orders")]
    [InlineData("publish: { deprecated: true, message: { payload: { type: string } } }, ", "", "Note aas-operation-removed-with-deprecation RECEIVE old")]
    [InlineData(", subscribe: { message: { payload: { type: string } } }", "", "Breaking aas-operation-removed SEND old")]
    [InlineData("name: Placed", "name: Taken", "Note aas-message-name-changed RECEIVE orders message 'Placed'")]
    [InlineData("contentType: text/plain", "contentType: text/html", "Breaking aas-message-format-changed SEND receipts message 'Receipt'")]
    [InlineData("contentType: text/plain, payload", "contentType: text/plain, schemaFormat: application/vnd.aai.asyncapi;version=2.6.0, payload", "")]
    [InlineData("$message.header#/id", "$message.header#/no", "Breaking aas-message-correlation-changed RECEIVE orders message 'Placed'")]
    [InlineData(", payload: { type: object, properties: { n: { type: integer } } }", "", "Note aas-message-payload-removed RECEIVE orders message 'Placed' payload")]
    [InlineData("properties: { id: { type: string } }, required: [id]", "properties: { id: { type: string } }, required: [id, b]", "Breaking aas-headers-schema-narrowed RECEIVE orders message 'Placed' headers")]
    [InlineData("n: { type: integer }", "n: { type: integer, description: Count }", "")]
    [InlineData("n: { type: integer }", "n: { type: integer }, m: { type: string }", "Note aas-payload-new-optional-property RECEIVE orders message 'Placed' payload/m")]
    [InlineData("n: { type: integer } } }", "n: { type: integer }, m: { type: string } }, required: [m] }", "Breaking aas-payload-new-required-property RECEIVE orders message 'Placed' payload/m")]
    public void An_edit_of_version_2_is_told_once(string was, string now, string expected)
    {
        Second.ShouldContain(was);

        Compared.Told(Compared.Descriptions(Second, Second.Replace(was, now, StringComparison.Ordinal))).ShouldBe(expected);
    }

    private const string Third = """
        asyncapi: 3.0.0
        info: { title: T, version: 1.0.0 }
        channels:
          orders: { address: orders, messages: { Placed: { payload: { type: string } }, Other: { payload: { type: string } } } }
          answers: { address: answers, messages: { Answer: { payload: { type: string } }, Fault: { payload: { type: string } } } }
          lonely: { address: lonely, messages: { M: { payload: { type: string } } } }
        operations:
          take: { action: receive, channel: { $ref: '#/channels/orders' }, messages: [{ $ref: '#/channels/orders/messages/Placed' }], reply: { address: { location: '$message.header#/to' }, channel: { $ref: '#/channels/answers' }, messages: [{ $ref: '#/channels/answers/messages/Answer' }] } }
          tell: { action: send, channel: { $ref: '#/channels/answers' }, security: [{ type: userPassword }] }
        """;

    [Theory]
    [InlineData("action: send", "action: receive", "Breaking aas-operation-changed SEND answers")]
    [InlineData("tell:", "inform:", "Breaking aas-operation-changed SEND answers")]
    [InlineData("address: orders", "address: purchases", "Breaking aas-channel-changed orders")]
    [InlineData("  orders: {", "  purchases: {", null)]
    [InlineData("[{ $ref: '#/channels/orders/messages/Placed' }]", "[{ $ref: '#/channels/orders/messages/Placed' }, { $ref: '#/channels/orders/messages/Other' }]", "Note aas-message-added RECEIVE orders message 'Other'")]
    [InlineData("[{ $ref: '#/channels/answers/messages/Answer' }]", "[{ $ref: '#/channels/answers/messages/Answer' }, { $ref: '#/channels/answers/messages/Fault' }]", "Warning aas-message-added RECEIVE orders reply message 'Fault'")]
    [InlineData("$message.header#/to", "$message.header#/by", "Breaking aas-operation-reply-changed RECEIVE orders reply")]
    [InlineData("type: userPassword", "type: X509", "Breaking aas-operation-security-removed SEND answers")]
    [InlineData("  lonely: { address: lonely, messages: { M: { payload: { type: string } } } }\n", "", "Breaking aas-channel-removed lonely")]
    public void An_edit_of_version_3_is_told_once(string was, string now, string? expected)
    {
        Third.ShouldContain(was);
        var edited = Third.Replace(was, now, StringComparison.Ordinal).Replace(expected is null ? "#/channels/orders" : "\0", "#/channels/purchases", StringComparison.Ordinal);

        Compared.Told(Compared.Descriptions(Third, edited)).ShouldBe(expected ?? "");
    }

    [Fact]
    public void An_operation_may_go_when_its_end_date_has_passed()
    {
        const string Ending = "asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\nchannels: { a: { publish: { deprecated: true, x-sunset: 'DATE', message: {} }, subscribe: { message: {} } } }";
        const string Ended = "asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\nchannels: { a: { subscribe: { message: {} } } }";

        Compared.Told(Compared.Descriptions(Ending.Replace("DATE", "2027-02-28", StringComparison.Ordinal), Ended)).ShouldBe("Note aas-operation-removed-with-deprecation RECEIVE a");
        Compared.Told(Compared.Descriptions(Ending.Replace("DATE", "2027-03-02", StringComparison.Ordinal), Ended)).ShouldBe("Breaking aas-operation-removed-before-sunset RECEIVE a");
    }

    [Theory]
    [InlineData("application/raml+yaml;version=1.0", "Warning aas-payload-not-judged SEND orders message 'M' payload")]
    [InlineData("application/vnd.oai.openapi;version=3.0.0", "Breaking aas-payload-type-changed SEND orders message 'M' payload")]
    public void The_language_of_a_payload_decides_who_judges_it(string language, string expected)
    {
        string Of(string type) => Compared.Version2("subscribe", $"{{ name: M, schemaFormat: '{language}', payload: {{ type: {type} }} }}");

        Compared.Told(Compared.Descriptions(Of("string"), Of("integer"))).ShouldBe(expected);
    }
}
