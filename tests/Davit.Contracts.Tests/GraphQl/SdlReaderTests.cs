using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Sdl;

namespace Davit.Contracts.Tests.GraphQl;

public sealed class SdlReaderTests
{
    private const string Everything = """"
        """
        The ü€😀 schema
        """
        schema @link(url: "https://example.org", import: ["@key", { name: "@a", as: "@b" }]) { query: Query, mutation: Mutation }

        "Marks" directive @mark(
          "why" why: String! = "\u00fc\u{1F600}\ud83d\ude00" @inner
          at: [Int!]! = [1, -2.5e3]
        ) repeatable on
          | FIELD_DEFINITION
          | OBJECT

        interface Node implements Root & Other { id: ID! }
        type Query implements Node & Root @mark(why: "x") @mark(why: """y""") {
          """
            First line
              indented
          """
          users("how many" first: Int = 10, filter: Filter = {name: "a", tags: [A, B], deep: {no: null, yes: true}}): [[User!]]! @deprecated
          type: input
        }
        union Found @u = | User | Query
        enum E { A B @deprecated(reason: "old") }
        input Filter @oneOf { name: String = "n" @i }
        scalar Date @specifiedBy(url: "https://example.org/date")
        extend type Query @more { added: Int }
        extend union Found = Node
        extend schema @again { subscription: Subscription }
        extend type Elsewhere @key(fields: "id") { id: ID! @external }
        """";

    [Fact]
    public void Everything_that_stands_in_a_schema_is_read()
    {
        var schema = Read(Everything);

        schema.Types.Keys.ShouldBe(["Node", "Query", "Found", "E", "Filter", "Date", "Elsewhere"]);
        schema.Root("subscription")!.Type.ShouldBe("Subscription");
        schema.Uses.Select(u => u.Text).ShouldBe(["@link(url: \"https://example.org\", import: [\"@key\", {name: \"@a\", as: \"@b\"}])", "@again()"]);
        schema.Directives["mark"].IsRepeatable.ShouldBeTrue();
        schema.Directives["mark"].Locations.Select(l => l.Name).ShouldBe(["FIELD_DEFINITION", "OBJECT"]);
        schema.Directives["mark"].Arguments[0].Default!.Text.ShouldBe("ü😀😀");
        var query = schema.Types["Query"];
        query.Interfaces.Select(i => i.Name).ShouldBe(["Node", "Root"]);
        query.Uses.Select(u => u.Name).ShouldBe(["mark", "mark", "more"]);
        query.Fields.Select(f => $"{f.Name}: {f.Type}").ShouldBe(["users: [[User!]]!", "type: input", "added: Int"]);
        query.Fields[0].Description.ShouldBe("First line\n  indented");
        query.Fields[0].Arguments[1].Default!.ToString().ShouldBe("{name: \"a\", tags: [A, B], deep: {no: null, yes: true}}");
        schema.Types["Found"].Members.Select(m => m.Name).ShouldBe(["User", "Query", "Node"]);
        schema.Types["Filter"].IsOneOf.ShouldBeTrue();
        schema.Types["Date"].SpecifiedBy.ShouldBe("https://example.org/date");
    }

    [Fact]
    public void Definitions_know_their_places_in_code_points()
    {
        var schema = Read("# ü\n\"😀\" type Query {\n  \"😀😀\" a(b: Int): String @x\n}\n");

        At(schema.Types["Query"].Origin).ShouldBe((2, 5, 4, 2));
        At(schema.Types["Query"].Fields[0].Origin).ShouldBe((3, 8, 3, 28));
        At(schema.Types["Query"].Fields[0].Arguments[0].Origin).ShouldBe((3, 10, 3, 16));
        At(schema.Types["Query"].Fields[0].Uses[0].Origin).ShouldBe((3, 26, 3, 28));
    }

    [Theory]
    [InlineData("type Query {\n  a String\n}", 2, 5)]
    [InlineData("type Query {\n  a: String", 2, 12)]
    [InlineData("type A { a: Int }\nfoo B", 2, 1)]
    [InlineData("type A { ü: Int }", 1, 10)]
    [InlineData("type A { a(b: Int = $c): Int }", 1, 21)]
    [InlineData("type A { a(b: Int = 01): Int }", 1, 21)]
    [InlineData("type A { a(b: Int = 1.): Int }", 1, 23)]
    [InlineData("type A { a(b: String = \"\\q\"): Int }", 1, 25)]
    [InlineData("type A { a(b: String = \"\\ud800\"): Int }", 1, 25)]
    [InlineData("type A { a(b: String = \"\\u{110000}\"): Int }", 1, 25)]
    [InlineData("type A { a: Int }\n\"no end\n", 2, 1)]
    [InlineData("type A { a: Int }\n\"\"\"no end", 2, 1)]
    [InlineData("type A { a: Int }\nquery { a }", 2, 1)]
    [InlineData("schema { call: Query }", 1, 10)]
    [InlineData("directive @a FIELD", 1, 14)]
    [InlineData("type A { a: Int } extend directive @a on FIELD", 1, 26)]
    public void What_is_malformed_is_refused_with_line_and_column(string sdl, int line, int column)
    {
        var refused = Should.Throw<UnreadableException>(() => Read(sdl));

        refused.Code.ShouldBe(UnreadableCodes.Syntax);
        (refused.At!.Line, refused.At.Column).ShouldBe((line, column));
    }

    [Theory]
    [InlineData("type A { a: ", "[")]
    [InlineData("type A { a(b: Int = ", "[")]
    [InlineData("type A { a(b: Int = ", "{x:")]
    [InlineData("type A @d(x: ", "[")]
    public void Nesting_ends_at_its_limit(string before, string open)
    {
        var refused = Should.Throw<UnreadableException>(() => Read(before + string.Concat(Enumerable.Repeat(open, 10_000))));

        refused.Code.ShouldBe(UnreadableCodes.TooDeep);
        refused.At!.Line.ShouldBe(1);
    }

    [Fact]
    public void Nesting_below_the_limit_is_read() => Read("type A { a: " + new string('[', 200) + "Int" + new string(']', 200) + " }").Types["A"].Fields[0].Type.Named.ShouldBe("Int");

    [Fact]
    public void A_long_comment_costs_nothing() => Read("#" + new string('x', 1 << 20) + "\ntype A { a: Int }#" + new string('y', 1 << 20)).Types.Keys.ShouldBe(["A"]);

    [Fact]
    public void Words_end_at_their_limit()
    {
        var limits = new ReadLimits { Nodes = 10 };

        Should.Throw<UnreadableException>(() => SdlReader.Read("x.graphql", Encoding.UTF8.GetBytes("enum E { " + new string('a', 1) + string.Concat(Enumerable.Repeat(" b", 20)) + " }"), limits)).Code.ShouldBe(UnreadableCodes.TooMany);
    }

    [Fact]
    public void What_is_not_utf8_is_refused() => Should.Throw<UnreadableException>(() => SdlReader.Read("x.graphql", [(byte)'#', 0xFF], ReadLimits.Default)).Code.ShouldBe(UnreadableCodes.Encoding);

    [Theory]
    [InlineData("type Query { a: Int } type M { a: Int } extend schema { mutation: M }", "Query", "M")]
    [InlineData("type Query { a: Int } type Mutation { a: Int } extend schema @link(url: \"x\")", "Query", "Mutation")]
    [InlineData("type Query { a: Int } type Mutation { a: Int } schema { query: Query }", "Query", null)]
    [InlineData("type Q { a: Int } schema { query: Q } extend schema { mutation: Q }", "Q", "Q")]
    [InlineData("input Query { a: Int } type Mutation { a: Int }", null, "Mutation")]
    public void Entry_points_have_their_usual_names_unless_the_schema_names_others(string sdl, string? query, string? mutation)
    {
        var schema = Read(sdl);

        (schema.Root("query")?.Type, schema.Root("mutation")?.Type).ShouldBe((query, mutation));
    }

    [Fact]
    public void Types_that_are_missing_or_named_twice_do_not_end_the_reading()
    {
        var schema = Read("type Query implements Nowhere { a: Missing } type Query { b: Int } union U = Gone extend enum E { A } extend enum E { A }");

        schema.Types["Query"].Fields.Select(f => f.Name).ShouldBe(["a"]);
        schema.Reachable.ShouldBe(["Query"]);
    }

    [Fact]
    public void Damaged_text_is_read_or_refused_but_never_more()
    {
        var random = new Dice(20270301);
        var bytes = Encoding.UTF8.GetBytes(Everything);
        var pieces = new[] { "\"\"\"", "\"", "{", "}", "[", "(", ")", "@", "\\u", "extend ", "implements", "\ud83d", "\0", "...", "$", "=", "#" };
        for (var round = 0; round < 5_000; round++)
        {
            var damaged = bytes.ToList();
            for (var i = random.Roll(5) + 1; i > 0; i--)
            {
                var at = random.Roll(damaged.Count);
                if (random.Roll(2) is 0)
                    damaged.RemoveRange(at, Math.Min(random.Roll(20), damaged.Count - at));
                else
                    damaged.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Roll(pieces.Length)]));
            }

            try
            {
                var schema = SdlReader.Read("x.graphql", [.. damaged], ReadLimits.Default);
                schema.Reachable.Count.ShouldBeLessThanOrEqualTo(schema.Types.Count);
            }
            catch (UnreadableException refused)
            {
                refused.At.ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public void A_large_schema_is_compared_without_quadratic_work()
    {
        var sdl = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"\"Type {i}\" type T{i} implements Node @key(fields: \"id\") {{\n  id: ID!\n  \"Field\" next(first: Int = 10, filter: I = {{a: 1, b: [2]}}): [T{i + 1}!]! @deprecated(reason: \"x\")\n  plain: String\n}}\n"));
        var old = "type Query { t: T0 } interface Node { id: ID! } input I { a: Int b: [Int] }\n" + sdl + string.Concat(Enumerable.Repeat("extend type T0 @a(x: 1) @a(x: 2)\n", 10_000));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Compared.Schemas(old, old.Replace("plain: String", "plain: Int", StringComparison.Ordinal)).Count.ShouldBe(5_000);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    /// <summary>The same numbers on every machine.</summary>
    private sealed class Dice(uint seed)
    {
        private uint _state = seed;

        public int Roll(int sides)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)sides);
        }
    }

    private static Schema Read(string sdl) => SdlReader.Read("x.graphql", Encoding.UTF8.GetBytes(sdl), ReadLimits.Default);

    private static (int, int, int, int) At(Origin origin) => origin.Evidence!.Position is var p ? (p.Line, p.Column, p.EndLine, p.EndColumn) : default;
}
