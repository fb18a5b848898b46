using Davit.Cli.Contracts.Protobuf;

namespace Davit.Cli.Tests.Contracts;

/// <summary>Where imports begin, and which files are one contract, where nobody says so.</summary>
public sealed class ProtoRootTests
{
    [Theory]
    [InlineData("package a.b; import \"x/y.proto\"; import public 'z.proto';", "a.b", "x/y.proto z.proto")]
    [InlineData("\uFEFF// package no;\n/* import \"no.proto\"; */ syntax = \"proto3\";package  a . b ;import weak \"x\\\"y.proto\";", "a.b", "x\\\"y.proto")]
    [InlineData("message A { string import = 1; string package = 2; }\nimport option \"x.proto\";", "", "x.proto")]
    [InlineData("option a = { b: \"import 'no.proto';\" };\nimport \"x.proto\"", "", "")]
    [InlineData("} } package a; import \"", "a", "")]
    [InlineData("/* no end import \"x\";", "", "")]
    [InlineData("import ;import \"; import 'x.proto';", "", "")]
    public void A_text_says_its_package_and_what_it_imports(string text, string package, string imports)
    {
        var head = ProtoHead.Of(text);

        head.Package.ShouldBe(package);
        string.Join(' ', head.Imports).ShouldBe(imports);
    }

    [Theory]
    [InlineData("a/b/c/x.proto", "import \"y.proto\";", "a/b/c/y.proto y.proto", "a/b/c")]
    [InlineData("a/b/c/x.proto", "import \"b/c/y.proto\";", "a/b/c/y.proto", "a")]
    [InlineData("a/b/c/x.proto", "import \"google/protobuf/any.proto\"; import \"a/y.proto\";", "a/y.proto", "")]
    [InlineData("a/b/c/x.proto", "package b.c; import \"gone.proto\";", "a/y.proto", "a")]
    [InlineData("a/b/c/x.proto", "package d;", "", "a/b/c")]
    [InlineData("x.proto", "import \"/x.proto\"; import \"../x.proto\";", "", "")]
    public void Imports_begin_where_the_first_that_leads_anywhere_does(string path, string text, string others, string expected) =>
        ImportRoots.Of([path, .. others.Split(' ', StringSplitOptions.RemoveEmptyEntries)], asked => asked == path ? text : "")[path].ShouldBe(expected);

    [Fact]
    public void A_file_belongs_where_it_belongs_now() =>
        Groups(new() { ["p/a.proto"] = "p", ["p/b.proto"] = "p", ["p/gone.proto"] = "p" }, new() { ["p/a.proto"] = "", ["p/b.proto"] = "p" }, []).ShouldBe(
        [
            "> p/a.proto>p/a.proto",
            "p>p p/b.proto,p/gone.proto>p/b.proto",
        ], ignoreOrder: false);

    [Fact]
    public void A_root_that_moved_is_the_one_that_most_of_its_files_came_from() =>
        Groups(
            new() { ["p/a.proto"] = "p", ["p/b.proto"] = "p", ["q/a.proto"] = "q", ["gone/a.proto"] = "gone" },
            new() { ["r/a.proto"] = "r", ["r/b.proto"] = "r", ["s/c.proto"] = "s", ["new/a.proto"] = "new" },
            new() { ["r/a.proto"] = "q/a.proto", ["r/b.proto"] = "p/b.proto", ["s/c.proto"] = "gone/a.proto" }).ShouldBe(
        [
            "gone>gone gone/a.proto>",
            "new>new >new/a.proto",
            "q>q q/a.proto>",
            "p>r p/a.proto,p/b.proto>r/a.proto,r/b.proto",
            "s>s >s/c.proto",
        ], ignoreOrder: false);

    private static string[] Groups(Dictionary<string, string> before, Dictionary<string, string> now, Dictionary<string, string> renamed) =>
        [.. ProtoGroup.Of(before, now, renamed).Select(g => $"{g.OldRoot}>{g.Root} {string.Join(',', g.Before.Order(StringComparer.Ordinal))}>{string.Join(',', g.Now.Order(StringComparer.Ordinal))}")];
}
