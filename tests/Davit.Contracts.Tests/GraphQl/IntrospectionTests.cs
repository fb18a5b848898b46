using System.Text;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Tests.GraphQl;

public sealed class IntrospectionTests
{
    private const string Sdl = """"
        "Where all begins"
        type Query implements Node {
          id: ID!
          users("how many" first: Int = 10, filter: Filter = {tags: [A], name: "x"}): [[User!]]! @deprecated
          old: Found @deprecated(reason: "gone")
        }
        interface Node { id: ID! }
        type User implements Node @cached { id: ID! }
        union Found = User | Query
        enum E { A B @deprecated(reason: "old") }
        input Filter @oneOf { name: String = "n", tags: [E!] }
        scalar Date @specifiedBy(url: "https://example.org/date")
        directive @cached(seconds: Int! = 60) repeatable on OBJECT | FIELD
        """";

    private const string Json = """
        {"__schema": {
          "queryType": {"name": "Query"}, "mutationType": null, "subscriptionType": null,
          "types": [
            {"kind": "SCALAR", "name": "String", "description": "Built in"},
            {"kind": "SCALAR", "name": "Int"}, {"kind": "SCALAR", "name": "ID"},
            {"kind": "OBJECT", "name": "__Schema", "fields": []},
            {"kind": "OBJECT", "name": "Query", "description": "Where all begins", "interfaces": [{"kind": "INTERFACE", "name": "Node", "ofType": null}], "fields": [
              {"name": "id", "args": [], "type": {"kind": "NON_NULL", "name": null, "ofType": {"kind": "SCALAR", "name": "ID"}}, "isDeprecated": false, "deprecationReason": null},
              {"name": "users", "args": [
                {"name": "first", "description": "how many", "type": {"kind": "SCALAR", "name": "Int"}, "defaultValue": "10"},
                {"name": "filter", "description": null, "type": {"kind": "INPUT_OBJECT", "name": "Filter"}, "defaultValue": "{name: \"x\", tags: A}"}],
               "type": {"kind": "NON_NULL", "ofType": {"kind": "LIST", "ofType": {"kind": "LIST", "ofType": {"kind": "NON_NULL", "ofType": {"kind": "OBJECT", "name": "User"}}}}}, "isDeprecated": true, "deprecationReason": "No longer supported"},
              {"name": "old", "args": [], "type": {"kind": "UNION", "name": "Found"}, "isDeprecated": true, "deprecationReason": "gone"}]},
            {"kind": "INTERFACE", "name": "Node", "interfaces": [], "fields": [{"name": "id", "args": [], "type": {"kind": "NON_NULL", "ofType": {"kind": "SCALAR", "name": "ID"}}, "isDeprecated": false}], "possibleTypes": [{"name": "User"}, {"name": "Query"}]},
            {"kind": "OBJECT", "name": "User", "interfaces": [{"name": "Node"}], "fields": [{"name": "id", "args": [], "type": {"kind": "NON_NULL", "ofType": {"kind": "SCALAR", "name": "ID"}}, "isDeprecated": false}]},
            {"kind": "UNION", "name": "Found", "possibleTypes": [{"kind": "OBJECT", "name": "User"}, {"kind": "OBJECT", "name": "Query"}]},
            {"kind": "ENUM", "name": "E", "enumValues": [{"name": "A", "isDeprecated": false}, {"name": "B", "isDeprecated": true, "deprecationReason": "old"}]},
            {"kind": "INPUT_OBJECT", "name": "Filter", "inputFields": [
              {"name": "name", "type": {"kind": "SCALAR", "name": "String"}, "defaultValue": "\"n\""},
              {"name": "tags", "type": {"kind": "LIST", "ofType": {"kind": "NON_NULL", "ofType": {"kind": "ENUM", "name": "E"}}}, "defaultValue": null}]},
            {"kind": "SCALAR", "name": "Date"}
          ],
          "directives": [
            {"name": "cached", "locations": ["OBJECT", "FIELD"], "isRepeatable": true, "args": [{"name": "seconds", "type": {"kind": "NON_NULL", "ofType": {"kind": "SCALAR", "name": "Int"}}, "defaultValue": "60"}]},
            {"name": "deprecated", "description": "Marks", "locations": ["FIELD_DEFINITION"], "args": []}
          ]
        }}
        """;

    [Theory]
    [InlineData(Sdl, Json)]
    [InlineData(Json, Sdl)]
    [InlineData(Sdl, "{\"data\": " + Json + "}")]
    [InlineData(Json, "{\"data\": " + Json + ", \"extensions\": {}}")]
    public void The_same_schema_in_both_forms_has_no_findings(string old, string @new)
    {
        Compared.Told(Compared.Schemas(old, @new)).ShouldBeEmpty();
        Compared.Told(Compared.Schemas(old, @new, "graphql-inspector")).ShouldBeEmpty();
    }

    [Fact]
    public void Findings_point_into_the_result()
    {
        var finding = Compared.Schemas(Json, Json.Replace("\"kind\": \"UNION\", \"name\": \"Found\"}, \"isD", "\"kind\": \"OBJECT\", \"name\": \"User\"}, \"isD", StringComparison.Ordinal))[0];

        finding.Rule.Id.ShouldBe("gql-field-type-changed");
        finding.Old!.JsonPointer.ShouldBe("/__schema/types/4/fields/2");
        (finding.Old.Position.Line, finding.Old.Position.Column).ShouldBe((13, 7));
    }

    [Theory]
    [InlineData("\"kind\": \"ENUM\", \"name\": \"E\", \"enumV", "\"kind\": \"ENUMS\", \"name\": \"E\", \"enumV", 17)]
    [InlineData("\"name\": \"E\", \"enumV", "\"enumV", 17)]
    [InlineData("\"type\": {\"kind\": \"UNION\", \"name\": \"Found\"}", "\"type\": {\"kind\": \"LIST\", \"name\": null}", 13)]
    [InlineData("\"defaultValue\": \"60\"", "\"defaultValue\": \"[60\"", 24)]
    public void What_is_no_result_is_refused_with_its_place(string what, string by, int line)
    {
        var broken = Json.Replace(what, by, StringComparison.Ordinal);
        broken.ShouldNotBe(Json);

        var refused = Should.Throw<UnreadableException>(() => Compared.Schemas(Sdl, broken));

        refused.Code.ShouldBe(UnreadableCodes.Syntax);
        refused.At!.Line.ShouldBe(line);
    }

    [Theory]
    [InlineData("x.json", Json, true)]
    [InlineData("x", "# a schema\n\nextend schema @link(url: \"x\")", true)]
    [InlineData("x.txt", "\"\"\"text\"\"\" scalar A", true)]
    [InlineData("x.yaml", "type A { a: Int }", true)]
    [InlineData("x.graphql", "# nothing yet", true)]
    [InlineData("x.txt", "# nothing yet", false)]
    [InlineData("x.yaml", "kind: thing", false)]
    [InlineData("x.yaml", "enum: [a]", false)]
    [InlineData("x.proto", "syntax = \"proto3\"; enum E { A = 0; }", false)]
    [InlineData("x.sql", "CREATE TABLE a (b int);", false)]
    public void A_schema_is_known_by_what_it_says(string path, string text, bool isKnown)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var source = ContractSource.Of(path, bytes);

        if (isKnown)
            Comparison.Of(source, source, new ComparisonOptions(Compared.Today)).Format.ShouldBe("graphql");
        else
            Should.Throw<UnreadableException>(() => Comparison.Of(source, source, new ComparisonOptions(Compared.Today))).Code.ShouldBe(UnreadableCodes.Format);
    }
}
