using System.Text;
using Davit.Cli.Contracts;
using Davit.Cli.Contracts.Protobuf;
using Davit.Model;

namespace Davit.Contracts.Tests.Protobuf;

public sealed class ProtoFilesTests
{
    [Theory]
    [InlineData("/acme/v1", "package acme.v1;", "/")]
    [InlineData("acme/v1", "package acme.v1;", "")]
    [InlineData("/home/acme/v1", "package acme.v1;", "/home")]
    [InlineData("/home/acme/v1", "package other.v1;", "/home/acme/v1")]
    [InlineData("/xacme/v1", "package acme.v1;", "/xacme/v1")]
    public void Imports_begin_where_the_package_does(string directory, string text, string expected) => ProtoFiles.RootOf(directory, ProtoHead.Of(text)).ShouldBe(expected);

    [Theory]
    [InlineData("// Of ours.\nsyntax = \"proto3\";\n", true)]
    [InlineData("edition = '2023';", true)]
    [InlineData("package acme.v1;\nmessage A {}\n", true)]
    [InlineData("openapi: 3.1.0\ninfo:\n  title: syntax\n", false)]
    [InlineData("type Query { a: Int }\n", false)]
    public void Text_of_the_language_is_known_by_its_first_statements(string text, bool expected) => ProtoFiles.IsText(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);

    [Theory]
    [InlineData("acme/a.proto", false)]
    [InlineData("acme/.hidden/a.proto", true)]
    [InlineData(".a.proto", true)]
    [InlineData("web/node_modules/x/a.proto", true)]
    public void The_same_is_passed_over_on_disk_and_in_a_revision(string path, bool expected)
    {
        using var tree = new ProtoTree().With("b.proto", "").With(path, "");

        FileWalk.PassesOver(path).ShouldBe(expected);
        ProtoFiles.Below(tree.Path).Contains(path, StringComparer.Ordinal).ShouldBe(!expected);
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_a_problem()
    {
        using var tree = new ProtoTree();

        Should.Throw<ProblemException>(() => ProtoFiles.Below(Path.Combine(tree.Path, "gone"))).Message.ShouldContain("gone");
    }
}
