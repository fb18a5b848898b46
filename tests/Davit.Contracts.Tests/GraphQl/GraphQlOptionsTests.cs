namespace Davit.Contracts.Tests.GraphQl;

public sealed class GraphQlOptionsTests
{
    private const string Old = "type Query { a: Int \"x\" b: Int @deprecated } type Island { a: Int b: Int } enum E { A }";
    private const string New = "type Query { a: Int c(d: Int): Int @deprecated(reason: \"x\") } type Island { b: Int @mark } enum E { A B }";

    [Fact]
    public void Without_options_everything_is_told() => Told(new()).ShouldBe("""
        Breaking gql-field-removed Island.a
        Breaking gql-field-removed Query.b
        Warning gql-enum-value-added E.B
        Warning gql-directive-usage-field-definition-added Island.b.@mark
        Note gql-field-added Query.c
        Note gql-field-deprecation-added Query.c.@deprecated
        Note gql-directive-usage-field-definition-added Query.c.@deprecated
        Note gql-directive-usage-argument-added Query.c.@deprecated.reason
        Note gql-field-argument-added Query.c.d
        """);

    [Fact]
    public void Dangerous_is_breaking() => Told(new() { DangerousIsBreaking = true }).ShouldContain("Breaking gql-enum-value-added E.B");

    [Fact]
    public void The_removal_of_what_was_deprecated_is_a_warning()
    {
        var told = Told(new() { DeprecatedRemovalIsSafe = true });

        told.ShouldContain("Warning gql-field-removed Query.b");
        told.ShouldContain("Breaking gql-field-removed Island.a");
    }

    [Fact]
    public void Directive_uses_are_left_out() => Told(new() { IgnoreDirectiveUses = true }).ShouldNotContain("usage");

    [Fact]
    public void Descriptions_are_left_out() => Compared.Schemas("type A { a: Int }", "\"x\" type A { \"y\" a: Int }", options: new() { IgnoreDescriptions = true }).ShouldBeEmpty();

    [Fact]
    public void A_new_parent_stands_for_its_children()
    {
        var told = Told(new() { Simplify = true });

        told.ShouldContain("gql-field-added Query.c");
        told.ShouldNotContain("Query.c.");
        told.ShouldContain("gql-field-removed Query.b");
    }

    [Fact]
    public void What_cannot_be_reached_breaks_nobody()
    {
        var told = Told(new() { SafeWhenUnreachable = true });

        told.ShouldContain("Note gql-field-removed Island.a");
        told.ShouldContain("Breaking gql-field-removed Query.b");
    }

    private static string Told(GraphQlOptions options) => Compared.Told(Compared.Schemas(Old, New, "graphql-inspector", options));
}
