using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Tests.OpenApi.Lint;

/// <summary>A description that uses everything, with something else in every place in turn.</summary>
public sealed class LintHostileTests
{
    private static readonly string[] Others = ["null", "true", "1", "\"x\"", "[]", "[1]", "[\"a\",\"b\"]", "{}", "{\"x\":1}"];

    private const string Rich = """
        {
          "openapi": "3.1.0", "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
          "info": { "title": "T", "version": "1", "license": { "name": "MIT", "identifier": "MIT" }, "contact": { "name": "N" } },
          "servers": [{ "url": "https://{r}.example.com", "variables": { "r": { "default": "eu", "enum": ["eu"] } } }],
          "tags": [{ "name": "t", "externalDocs": { "url": "https://example.com" } }], "security": [{ "key": [] }, { "flow": ["read"] }],
          "paths": {
            "/a/{id}": {
              "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }, { "$ref": "#/components/parameters/P" }],
              "get": {
                "operationId": "a", "summary": "S", "tags": ["t"], "deprecated": true, "x-sunset": "2026-01-01",
                "parameters": [{ "name": "q", "in": "query", "style": "form", "explode": true, "examples": { "e": { "$ref": "#/components/examples/E" } }, "schema": { "type": ["array", "null"], "items": { "default": 1, "type": "integer" } } }],
                "responses": {
                  "200": { "description": "D", "headers": { "X": { "schema": { "type": "string" } } }, "links": { "l": { "operationId": "a", "parameters": { "id": "x" } } }, "content": { "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/A" } }, "example": [{ "a_b": "x" }] } } },
                  "400": { "description": "D", "content": { "application/json": {} } },
                  "default": { "$ref": "#/components/responses/R" }
                },
                "callbacks": { "c": { "{$url}": { "post": { "requestBody": { "content": { "multipart/form-data": { "schema": {}, "encoding": { "p": { "contentType": "text/plain", "headers": { "Y": { "content": { "text/plain": {} } } } } } } } } } } } }
              },
              "put": { "requestBody": { "$ref": "#/components/requestBodies/B" }, "security": [] }
            }
          },
          "webhooks": { "w": { "post": { "responses": { "200": { "description": "D" } } } } },
          "components": {
            "x-teams": { "a": 1 },
            "parameters": { "P": { "name": "p", "in": "header", "content": { "text/plain": { "schema": { "pattern": "^a$" } } } } },
            "responses": { "R": { "description": "D", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/B" } } } } },
            "requestBodies": { "B": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/C" } } } } },
            "examples": { "E": { "summary": "S", "value": [1] } },
            "schemas": {
              "A": { "type": "object", "required": ["a_b", "next"], "properties": { "a_b": { "type": "string", "minLength": 1, "maxLength": 2, "format": "uuid", "enum": ["x"], "const": "x" }, "cD": { "multipleOf": 2, "minimum": 1, "maximum": 3 }, "next": { "$ref": "#/components/schemas/A" } }, "additionalProperties": { "not": {} }, "minProperties": 1, "maxProperties": 9, "example": { "a_b": "x" }, "examples": [{}] },
              "B": { "allOf": [{ "$ref": "#/components/schemas/A" }], "anyOf": [{ "if": {}, "then": {}, "else": {} }], "unevaluatedProperties": false, "$defs": { "d": { "prefixItems": [{}], "contains": {}, "minContains": 1, "maxContains": 2, "minItems": 1, "maxItems": 2, "uniqueItems": true } }, "dependentSchemas": { "a": {} }, "dependentRequired": { "a": ["b"] }, "patternProperties": { "^a": {} }, "propertyNames": {}, "default": {} },
              "C": { "oneOf": [{ "$ref": "#/components/schemas/A" }, { "$ref": "#/components/schemas/B" }], "discriminator": { "propertyName": "k", "mapping": { "a": "#/components/schemas/A", "b": "B" } }, "xml": { "name": "c" }, "readOnly": true, "writeOnly": false, "nullable": true }
            },
            "securitySchemes": {
              "key": { "type": "apiKey", "name": "k", "in": "header" }, "http": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" }, "oidc": { "type": "openIdConnect", "openIdConnectUrl": "https://example.com" },
              "flow": { "type": "oauth2", "flows": { "implicit": { "authorizationUrl": "https://example.com", "scopes": { "read": "R" } }, "password": { "tokenUrl": "https://example.com", "scopes": {} } } }
            }
          },
          "x-davit-allow": [{ "rule": "*", "reason": "R", "owner": "O", "until": "2027-06-01" }]
        }
        """;

    public static TheoryData<string, string> Ways => [.. ContractLinting.Profiles.Select(p => (p, "3.1.0")), ("davit", "3.0.3"), ("davit", "3.2.0")];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Whatever_stands_in_a_place_is_told_or_refused(string profile, string version)
    {
        var root = JsonNode.Parse(Rich)!;
        root["openapi"] = version;
        var broken = new List<string>();
        foreach (var (holder, key) in Places(root).ToList())
        {
            var kept = holder[key];
            foreach (var other in Others)
            {
                holder.Put(key, JsonNode.Parse(other));
                if (Failure(root.ToJsonString(), profile) is { } failure)
                    broken.Add($"{holder.At.GetPath()} {key} {other}: {failure}");
            }

            holder.Put(key, kept);
        }

        broken.ShouldBeEmpty();
    }

    private static string? Failure(string text, string profile)
    {
        try
        {
            ContractLinting.Of(ContractSource.Of("api.json", Encoding.UTF8.GetBytes(text)), new ComparisonOptions(new DateOnly(2027, 1, 31)) { Profile = profile });
            return null;
        }
        catch (UnreadableException)
        {
            return null;
        }
        catch (Exception crash) when (crash is not OutOfMemoryException)
        {
            return crash.ToString();
        }
    }

    private static IEnumerable<(Holder Holder, string Key)> Places(JsonNode? node)
    {
        var (holder, keys) = node switch
        {
            JsonObject members => (new Holder(members), members.Select(m => m.Key).ToList()),
            JsonArray elements => (new Holder(elements), [.. Enumerable.Range(0, elements.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))]),
            _ => (default, []),
        };
        foreach (var key in keys)
        {
            yield return (holder, key);
            foreach (var below in Places(holder[key]))
                yield return below;
        }
    }

    private readonly record struct Holder(JsonNode At)
    {
        public JsonNode? this[string key] => At is JsonArray list ? list[Index(key)] : At[key];

        public void Put(string key, JsonNode? value)
        {
            if (At is JsonArray list)
                list[Index(key)] = value;
            else
                At[key] = value;
        }

        private static int Index(string key) => int.Parse(key, CultureInfo.InvariantCulture);
    }
}
