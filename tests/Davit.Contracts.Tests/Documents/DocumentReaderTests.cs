using System.Globalization;
using System.Text;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Tests.Documents;

public sealed class DocumentReaderTests
{
    private const string Json = """
        {
          "a": [1, { "b": "ü€😀", "c": null }],
          "d/e": true
        }
        """;

    private const string Yaml = """
        a:
          - 1
          - b: ü€😀
            c:
        d/e: true
        """;

    [Theory]
    [InlineData(Json, "/a/1/c", 2, 26)]
    [InlineData(Json, "/d~1e", 3, 3)]
    [InlineData(Yaml, "/a/1/c", 4, 5)]
    [InlineData(Yaml, "/d~1e", 5, 1)]
    public void Members_stand_where_their_names_begin(string text, string path, int line, int column)
    {
        var node = JsonPointer.Follow(Read(text).Root, path);

        node.Exists.ShouldBeTrue();
        (node.Where.Line, node.Where.Column).ShouldBe((line, column));
        node.Pointer.ShouldBe(path);
    }

    [Fact]
    public void Json_and_yaml_of_the_same_values_are_equal() => NodeEquality.Same(Read(Json).Root, Read(Yaml).Root).ShouldBeTrue();

    [Theory]
    [InlineData("""{"a":1,"b":{"a":1},"a":2}""", UnreadableCodes.Syntax)]
    [InlineData("a: 1\nb: 2\na: 3", UnreadableCodes.Syntax)]
    [InlineData("{\"a\":", UnreadableCodes.Syntax)]
    [InlineData("{\"a\":\"\\ud800\"}", UnreadableCodes.Syntax)]
    [InlineData("a: *nobody", UnreadableCodes.Syntax)]
    [InlineData("a: &a [*a]", UnreadableCodes.Syntax)]
    [InlineData("a: &a { <<: *a }", UnreadableCodes.Syntax)]
    [InlineData("a: &a [1]\nb: { <<: *a }", UnreadableCodes.Syntax)]
    [InlineData("b: { <<: { c: 1 } }", UnreadableCodes.Syntax)]
    [InlineData("a: 1\n---\nb: 2", UnreadableCodes.Syntax)]
    [InlineData("a: !!binary AAAA", UnreadableCodes.Syntax)]
    [InlineData("a: !!int 0xzz", UnreadableCodes.Syntax)]
    [InlineData("a: !!int 0o9", UnreadableCodes.Syntax)]
    [InlineData("a: !!int abc", UnreadableCodes.Syntax)]
    [InlineData("a: !!float .inf", UnreadableCodes.Syntax)]
    [InlineData("a: !!float .NaN", UnreadableCodes.Syntax)]
    [InlineData("a: !!bool maybe", UnreadableCodes.Syntax)]
    [InlineData("a: !!null something", UnreadableCodes.Syntax)]
    [InlineData("", UnreadableCodes.Syntax)]
    public void What_is_malformed_is_refused_with_its_place(string text, string code)
    {
        var refused = Should.Throw<UnreadableException>(() => Read(text));

        refused.Code.ShouldBe(code);
        refused.At.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("# nothing\n", "the file is empty")]
    [InlineData("a: [", "While parsing a node, did not find expected node content")]
    public void What_is_malformed_is_told_in_a_sentence_without_its_place(string text, string told) => Should.Throw<UnreadableException>(() => Read(text)).Message.ShouldBe(told);

    [Theory]
    [InlineData("!!int 12", NodeKind.Number, "12")]
    [InlineData("!!int 0x1F", NodeKind.Number, "31")]
    [InlineData("!!int '12'", NodeKind.Number, "12")]
    [InlineData("!!float 1", NodeKind.Number, "1")]
    [InlineData("!!bool 'true'", NodeKind.Boolean, "true")]
    [InlineData("!!null ''", NodeKind.Null, "null")]
    [InlineData("!!str 1", NodeKind.String, "1")]
    [InlineData(".inf", NodeKind.String, ".inf")]
    [InlineData("-.nan", NodeKind.String, "-.nan")]
    public void Tags_say_what_a_value_is(string text, object kind, string value)
    {
        var node = Read("a: " + text).Root["a"];

        (node.Kind, node.Scalar).ShouldBe(((NodeKind)kind, value));
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("0o")]
    public void Numbers_in_other_bases_have_so_many_digits(string prefix) =>
        Should.Throw<UnreadableException>(() => Read($"a: {prefix}{new string('7', 2_000_000)}")).Code.ShouldBe(UnreadableCodes.TooLarge);

    [Fact]
    public void Members_of_large_objects_are_found_by_their_names()
    {
        var root = DocumentReader.Read("x", Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"m{i}\":{i}"))},\"m40\":400}}"), ReadLimits.Default with { RefusesTwins = false }).Root;

        ((string[])["m0", "m40", "m99"]).Select(n => root[n].Scalar).ShouldBe(["0", "40", "99"]);
        root["m100"].Exists.ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_read_once()
    {
        var asked = new List<string>();
        var files = new FileSet(new ContractSource("main.yaml", path =>
        {
            asked.Add(path);
            return path switch { "main.yaml" => "a: 1"u8.ToArray(), "broken.yaml" => "a: ["u8.ToArray(), _ => null };
        }));
        var reference = files.Open("main.yaml").Root["a"];

        for (var i = 0; i < 3; i++)
        {
            Should.Throw<UnreadableException>(() => files.Open("broken.yaml", reference)).Code.ShouldBe(UnreadableCodes.Syntax);
            var missing = Should.Throw<UnreadableException>(() => files.Open("missing.yaml", reference));
            (missing.Code, missing.At).ShouldBe((UnreadableCodes.Unresolved, reference.Where));
        }

        asked.ShouldBe(["main.yaml", "broken.yaml", "missing.yaml"]);
    }

    [Fact]
    public void Merged_members_count_where_nothing_else_is_said()
    {
        const string Merging = "base: &base { a: 1, b: { c: 2 } }\nmore: &more { b: 9, d: 4 }\nall:\n  <<: [*base, *more]\n  a: 7\n";

        NodeEquality.Same(Read(Merging).Root["all"], Read("a: 7\nb: { c: 2 }\nd: 4").Root).ShouldBeTrue();
    }

    [Fact]
    public void What_is_not_utf8_is_refused()
    {
        var refused = Should.Throw<UnreadableException>(() => DocumentReader.Read("x.json", [(byte)'{', (byte)'\n', 0xFF, (byte)'}']));

        refused.Code.ShouldBe(UnreadableCodes.Encoding);
        (refused.At!.Line, refused.At.Column).ShouldBe((2, 1));
    }

    [Fact]
    public void Nesting_ends_at_its_limit()
    {
        Should.Throw<UnreadableException>(() => Read(new string('[', 10_000))).Code.ShouldBe(UnreadableCodes.TooDeep);
        Should.Throw<UnreadableException>(() => Read("a:\n" + string.Concat(Enumerable.Range(1, 600).Select(i => new string(' ', i) + "a:\n")))).Code.ShouldBe(UnreadableCodes.TooDeep);
    }

    [Fact]
    public void Aliases_do_not_nest_deeper_than_values_may()
    {
        var text = new StringBuilder("a0: &a0 1\n");
        for (var i = 1; i <= 10; i++)
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} {new string('[', 100)}*a{i - 1}{new string(']', 100)}\n");

        Should.Throw<UnreadableException>(() => Read(text.ToString())).Code.ShouldBe(UnreadableCodes.TooDeep);
    }

    [Fact]
    public void An_alias_bomb_ends_before_it_unfolds()
    {
        var bomb = new StringBuilder("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
        for (var i = 1; i <= 9; i++)
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n");

        Should.Throw<UnreadableException>(() => Read(bomb.ToString())).Code.ShouldBe(UnreadableCodes.Aliases);
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1e2", "100")]
    [InlineData("-0", "0")]
    [InlineData("1e400", "10e399")]
    [InlineData("0.10", "1e-1")]
    public void Numbers_are_equal_by_their_value(string left, string right) => (Numeral.Parse(left) == Numeral.Parse(right)).ShouldBeTrue();

    [Theory]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1e400", "1e399")]
    [InlineData("-1", "-2")]
    [InlineData("0.11", "0.109")]
    public void Numbers_are_ordered_exactly(string more, string less) => (Numeral.Parse(more) > Numeral.Parse(less)).ShouldBeTrue();

    private static Document Read(string text) => DocumentReader.Read("x", Encoding.UTF8.GetBytes(text));
}
