using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.OpenApi;

/// <summary>Descriptions that are made to take forever.</summary>
public sealed class HostileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Each schema uses the next one twice, so there are two to the fortieth ways to the last.</summary>
    [Theory]
    [InlineData("integer")]
    [InlineData("string")]
    public void Shared_schemas_are_not_walked_once_per_way(string type)
    {
        var findings = Compare(Ladder("string"), Ladder(type));

        if (type is "string")
            findings.ShouldBeEmpty();
        else
            findings.ShouldContain(f => f.Rule.Id == "findings-truncated");
    }

    [Fact]
    public void Schemas_that_all_use_each_other_end()
    {
        var findings = Compare(Mesh("string"), Mesh("integer"));

        findings.ShouldContain(f => f.Severity == Severity.Breaking);
    }

    [Fact]
    public void References_in_a_circle_are_refused_with_their_place()
    {
        var circle = Document("\"a\": { \"$ref\": \"#/components/schemas/b\" }, \"b\": { \"$ref\": \"#/components/schemas/a\" }", "a");

        var refused = Should.Throw<UnreadableException>(() => Compare(circle, circle));

        refused.Code.ShouldBe(UnreadableCodes.ReferenceChain);
        refused.At.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("../../etc/passwd", UnreadableCodes.OutsideRoot)]
    [InlineData("/etc/passwd", UnreadableCodes.OutsideRoot)]
    [InlineData("http://127.0.0.1:1/x.json", UnreadableCodes.Remote)]
    [InlineData("//127.0.0.1:1/x.json", UnreadableCodes.Remote)]
    [InlineData("file:///etc/passwd", UnreadableCodes.Remote)]
    [InlineData("missing.json", UnreadableCodes.Unresolved)]
    [InlineData("#/components/schemas/nobody", UnreadableCodes.Unresolved)]
    public void References_that_leave_are_refused_with_their_place(string reference, string code)
    {
        var leaving = Document($"\"a\": {{ \"$ref\": \"{reference}\" }}", "a");

        var refused = Should.Throw<UnreadableException>(() => Compare(leaving, leaving));

        refused.Code.ShouldBe(code);
        refused.At.ShouldNotBeNull();
    }

    /// <summary>Only one of the two has the operation, so nothing in it is compared.</summary>
    [Theory]
    [InlineData("../x.yaml", UnreadableCodes.OutsideRoot)]
    [InlineData("/etc/x.yaml", UnreadableCodes.OutsideRoot)]
    [InlineData("http://127.0.0.1:1/x.yaml#/O", UnreadableCodes.Remote)]
    [InlineData("file:///etc/passwd", UnreadableCodes.Remote)]
    [InlineData("missing.json", UnreadableCodes.Unresolved)]
    [InlineData("#/Nope", UnreadableCodes.Unresolved)]
    public void References_of_an_operation_that_is_new_or_gone_are_followed(string reference, string code)
    {
        var leaving = $"{{ \"$ref\": \"{reference}\" }}";
        foreach (var operation in (string[])[
            $"\"requestBody\": {leaving}",
            $"\"requestBody\": {{ \"content\": {{ \"application/json\": {{ \"schema\": {leaving} }} }} }}",
            $"\"parameters\": [{leaving}]",
            $"\"parameters\": [{{ \"name\": \"p\", \"in\": \"query\", \"schema\": {leaving} }}]",
            $"\"responses\": {{ \"default\": {leaving} }}",
            $"\"responses\": {{ \"200\": {{ \"headers\": {{ \"example\": {leaving} }} }} }}",
            $"\"responses\": {{ \"200\": {{ \"content\": {{ \"application/json\": {{ \"schema\": {{ \"items\": {{ \"properties\": {{ \"default\": {leaving} }} }} }} }} }} }} }}",
            $"\"callbacks\": {{ \"c\": {{ \"u\": {{ \"post\": {{ \"requestBody\": {leaving} }} }} }} }}"])
        {
            var (without, with) = (Paths(""), Paths($"\"/a\": {{ \"post\": {{ {operation} }} }}"));
            foreach (var (old, @new) in ((string, string)[])[(without, with), (with, without)])
            {
                var refused = Should.Throw<UnreadableException>(() => Compare(old, @new), operation);
                refused.Code.ShouldBe(code);
                refused.At.ShouldNotBeNull();
            }
        }
    }

    [Theory]
    [InlineData("\"example\": { \"$ref\": \"#/nope\" }")]
    [InlineData("\"default\": [{ \"$ref\": \"#/nope\" }]")]
    [InlineData("\"x-more\": { \"$ref\": \"#/nope\" }")]
    [InlineData("\"properties\": { \"$ref\": { \"type\": \"string\" } }")]
    public void What_only_looks_like_a_reference_is_none(string member) =>
        Compare(Paths(""), Paths($"\"/a\": {{ \"post\": {{ \"requestBody\": {{ \"content\": {{ \"application/json\": {{ \"schema\": {{ {member} }} }} }} }} }} }}")).ShouldHaveSingleItem().Severity.ShouldBe(Severity.Note);

    /// <summary>Other readers of such a description run out of stack.</summary>
    [Theory]
    [InlineData("davit")]
    [InlineData("oasdiff")]
    [InlineData("strict")]
    public void Schemas_that_use_each_other_too_deep_are_refused(string profile)
    {
        static string Of(int count, string type) => Document(string.Concat(Enumerable.Range(0, count).Select(i => $"\"s{i}\": {{ \"required\": [\"n\"], \"properties\": {{ \"n\": {{ \"$ref\": \"#/components/schemas/s{i + 1}\" }} }} }}, ")) + $"\"s{count}\": {{ \"type\": \"{type}\" }}", "s0");

        Should.Throw<UnreadableException>(() => Compare(Of(15_000, "string"), Of(15_000, "string"), profile)).Code.ShouldBe(UnreadableCodes.TooDeep);
        Should.Throw<UnreadableException>(() => Compare(Of(15_000, "string"), Of(15_000, "integer"), profile)).Code.ShouldBe(UnreadableCodes.TooDeep);
        Compare(Of(900, "string"), Of(900, "string"), profile).ShouldBeEmpty();
        Compare(Of(900, "string"), Of(900, "integer"), profile).ShouldContain(f => f.Severity == Severity.Breaking);
    }

    [Fact]
    public void Senseless_values_are_left_out_and_never_a_crash()
    {
        const string Senseless = """
            { "openapi": "3.1.0", "info": 7, "security": { "x": 1 }, "servers": ["a", { "url": 3 }], "paths": { "/a": { "get": { "parameters": [3, { "name": 1 }], "tags": 5, "responses": { "200": {
              "headers": { "X-A": {}, "x-a": {} }, "content": { "application/json": { "schema": { "type": 5, "enum": {}, "required": "id", "properties": [1], "allOf": 3, "minimum": "x", "discriminator": 1 } } } }, "default": 4 },
              "callbacks": { "c": { "u": { "post": 3 } } }, "security": [3, { "a": 4, "b": ["x"] }] } } }, "webhooks": { "w": { "post": { "requestBody": 1 } } }, "components": { "schemas": 5, "securitySchemes": { "a": 1, "b": { "flows": 3 } } } }
            """;

        Compare(Senseless, Document("\"a\": {}", "a")).ShouldNotBeEmpty();
        Compare(Senseless, Senseless).ShouldBeEmpty();
    }

    private static string Paths(string paths) => $"{{ \"openapi\": \"3.1.0\", \"info\": {{ \"title\": \"T\", \"version\": \"1\" }}, \"paths\": {{ {paths} }} }}";

    private static string Ladder(string type)
    {
        var schemas = string.Concat(Enumerable.Range(0, 40).Select(i => Schema($"s{i}", $"s{i + 1}", $"s{i + 1}")));
        return Document(schemas + $"\"s40\": {{ \"type\": \"object\", \"properties\": {{ \"v\": {{ \"type\": \"{type}\" }} }} }}", "s0");
    }

    private static string Mesh(string type)
    {
        var names = Enumerable.Range(0, 12).Select(i => $"s{i}").ToArray();
        return Document(string.Concat(names.Select(n => Schema(n, names))) + $"\"last\": {{ \"type\": \"{type}\" }}, \"s\": {{ \"properties\": {{ \"a\": {{ \"$ref\": \"#/components/schemas/s0\" }}, \"z\": {{ \"$ref\": \"#/components/schemas/last\" }} }} }}", "s");
    }

    private static string Schema(string name, params string[] uses) =>
        $"\"{name}\": {{ \"type\": \"object\", \"properties\": {{ {string.Join(", ", uses.Select((u, i) => $"\"p{i}\": {{ \"$ref\": \"#/components/schemas/{u}\" }}"))} }} }}, ";

    private static string Document(string schemas, string used) => $$"""
        { "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": { "/a": { "post": { "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/{{used}}" } } } }, "responses": {} } } },
          "components": { "schemas": { {{schemas}} } } }
        """;

    private static System.Collections.Immutable.ImmutableArray<Finding> Compare(string old, string @new, string profile = "davit")
    {
        System.Collections.Immutable.ImmutableArray<Finding> findings = [];
        Exception? failure = null;
        var work = new Thread(() =>
        {
            try
            {
                findings = Comparison.Of(Source(old), Source(@new), new ComparisonOptions(new DateOnly(2027, 1, 31)) { Profile = profile }).Findings;
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

    private static ContractSource Source(string text) => ContractSource.Of("api.json", Encoding.UTF8.GetBytes(text));
}
