using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.AsyncApi;

/// <summary>The same description in versions 2 and 3 says the same.</summary>
public sealed class ConversionTests
{
    private const string Second = """
        asyncapi: 2.6.0
        id: urn:shop
        info: { title: Shop, version: 1.0.0 }
        defaultContentType: application/json
        servers:
          broker: { url: 'mqtt://{region}.example.com:1883/v1', protocol: mqtt, protocolVersion: '5', variables: { region: { enum: [eu, us], default: eu } }, security: [{ key: [] }, { auth: [read] }], bindings: { mqtt: { cleanSession: true } } }
        channels:
          'shops/{shop}/orders':
            servers: [broker]
            parameters: { shop: { schema: { type: string, enum: [a, b] }, location: '$message.payload#/shop' } }
            publish:
              operationId: takeOrder
              traits: [{ bindings: { mqtt: { qos: 1 } } }]
              message:
                oneOf: [{ $ref: '#/components/messages/Placed' }, { $ref: '#/components/messages/Cancelled' }]
            subscribe:
              operationId: sendReceipt
              message: { name: Receipt, schemaFormat: application/vnd.apache.avro;version=1.9.0, payload: { type: record, name: R, fields: [{ name: n, type: int }] } }
        components:
          messages:
            Placed: { correlationId: { location: '$message.header#/id' }, traits: [{ headers: { type: object, properties: { id: { type: string } } } }], payload: { $ref: '#/components/schemas/Order' } }
            Cancelled: { payload: { type: object, required: [id], properties: { id: { type: string } } } }
          schemas:
            Order: { type: object, properties: { id: { type: string }, next: { $ref: '#/components/schemas/Order' } } }
          securitySchemes:
            key: { type: userPassword }
            auth: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://example.com/token', scopes: { read: Read } } } }
        """;

    private const string Third = """
        asyncapi: 3.0.0
        id: urn:shop
        info: { title: Shop, version: 1.0.0 }
        defaultContentType: application/json
        servers:
          broker: { host: '{region}.example.com:1883', pathname: /v1, protocol: mqtt, protocolVersion: '5', variables: { region: { enum: [eu, us], default: eu } }, security: [{ $ref: '#/components/securitySchemes/key' }, { $ref: '#/components/securitySchemes/auth' }], bindings: { mqtt: { cleanSession: true } } }
        channels:
          orders:
            address: 'shops/{shop}/orders'
            servers: [{ $ref: '#/servers/broker' }]
            parameters: { shop: { enum: [a, b], location: '$message.payload#/shop' } }
            messages:
              Placed: { $ref: '#/components/messages/Placed' }
              Cancelled: { $ref: '#/components/messages/Cancelled' }
              Receipt: { name: Receipt, payload: { schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: { type: record, name: R, fields: [{ name: n, type: int }] } } }
        operations:
          takeOrder: { action: receive, channel: { $ref: '#/channels/orders' }, messages: [{ $ref: '#/channels/orders/messages/Placed' }, { $ref: '#/channels/orders/messages/Cancelled' }], traits: [{ bindings: { mqtt: { qos: 1 } } }] }
          sendReceipt: { action: send, channel: { $ref: '#/channels/orders' }, messages: [{ $ref: '#/channels/orders/messages/Receipt' }] }
        components:
          messages:
            Placed: { correlationId: { location: '$message.header#/id' }, headers: { type: object, properties: { id: { type: string } } }, payload: { $ref: '#/components/schemas/Order' } }
            Cancelled: { payload: { type: object, required: [id], properties: { id: { type: string } } } }
          schemas:
            Order: { type: object, properties: { id: { type: string }, next: { $ref: '#/components/schemas/Order' } } }
          securitySchemes:
            key: { type: userPassword }
            auth: { type: oauth2, scopes: [read], flows: { clientCredentials: { tokenUrl: 'https://example.com/token', availableScopes: { read: Read } } } }
        """;

    [Fact]
    public void A_converted_description_differs_in_its_version_alone()
    {
        Compared.Told(Compared.Descriptions(Second, Third)).ShouldBe("Note aas-version-changed");
        Compared.Told(Compared.Descriptions(Third, Second)).ShouldBe("Note aas-version-changed");
    }

    [Theory]
    [InlineData("Order: { type: object, properties: { id: { type: string }", "Order: { type: object, properties: { id: { type: integer }", "Breaking aas-payload-type-changed RECEIVE shops/{shop}/orders message 'Placed' payload/id")]
    [InlineData("fields: [{ name: n, type: int }]", "fields: [{ name: n, type: long }]", "Breaking aas-payload-avro-type-promoted SEND shops/{shop}/orders message 'Receipt' payload/n")]
    [InlineData("{ mqtt: { qos: 1 } }", "{ mqtt: { qos: 2 } }", "Warning aas-binding-changed RECEIVE shops/{shop}/orders")]
    [InlineData("default: eu", "default: us", "Breaking aas-server-variable-default-changed server 'broker'")]
    [InlineData("type: userPassword", "type: X509", "Breaking aas-server-security-removed server 'broker'")]
    [InlineData("$message.header#/id", "$message.header#/key", "Breaking aas-message-correlation-changed RECEIVE shops/{shop}/orders message 'Placed'")]
    [InlineData(":1883", ":1884", "Breaking aas-server-changed server 'broker'")]
    [InlineData("urn:shop", "urn:store", "Note aas-id-changed")]
    public void One_edit_is_found_across_versions(string was, string now, string expected)
    {
        Third.ShouldContain(was);

        var told = Compared.Descriptions(Second, Third.Replace(was, now, StringComparison.Ordinal)).Where(f => f.Rule.Id is not "aas-version-changed").ToList();

        Compared.Told(told).ShouldBe(expected);
    }

    [Fact]
    public void A_message_takes_from_its_traits_what_it_does_not_say_itself()
    {
        const string Own = "{ name: M, headers: { type: object, properties: { a: { type: string }, b: { type: string } } } }";
        const string Split = "{ name: M, traits: [{ headers: { type: object, properties: { a: { type: string } } } }], headers: { type: object, properties: { b: { type: string } } } }";
        const string Changed = "{ name: M, traits: [{ headers: { type: object, properties: { a: { type: integer } } } }], headers: { type: object, properties: { b: { type: string } } } }";

        Compared.Descriptions(Compared.Version2("publish", Own), Compared.Version2("publish", Split)).ShouldBeEmpty();
        var finding = Compared.Descriptions(Compared.Version2("publish", Own), Compared.Version2("publish", Changed)).ShouldHaveSingleItem();
        finding.Rule.Id.ShouldBe("aas-headers-type-changed");
        finding.Severity.ShouldBe(Severity.Breaking);
        finding.New!.Position.Line.ShouldBe(3);
    }
}
