namespace Davit.Contracts.Tests.GraphQl;

/// <summary>One pair of schemas for each family, with all that is found in it.</summary>
public sealed class GraphQlRuleTests
{
    [Theory]
    [MemberData(nameof(Families))]
    public void Findings_are(string family, string old, string @new, string expected)
    {
        family.ShouldNotBeEmpty();

        Compared.Told(Compared.Schemas(old, @new)).ShouldBe(expected);
    }

    public static TheoryData<string, string, string, string> Families => new()
    {
        {
            "roots",
            "schema { query: Q } type Q { a: Int } type M { a: Int } type R { a: Int }",
            "schema { query: R mutation: M } type Q { a: Int } type M { a: Int } type R { a: Int }",
            "Breaking gql-schema-query-type-changed\nWarning gql-type-became-unreachable Q\nNote gql-schema-mutation-type-changed"
        },
        {
            "types",
            "type Query { a: A b: B } type A { a: Int } scalar B @specifiedBy(url: \"x\") \"d\" enum C { X } scalar D interface I { a: Int } interface J { a: Int } type T implements I { a: Int }",
            "type Query { a: A b: B } interface A { a: Int } \"new\" scalar B @specifiedBy(url: \"y\") enum C { X } scalar E interface I { a: Int } interface J { a: Int } type T implements J { a: Int }",
            """
            Breaking gql-type-kind-changed A
            Breaking gql-type-removed D
            Breaking gql-object-type-interface-removed T
            Warning gql-scalar-specified-by-changed B
            Warning gql-object-type-interface-added T
            Note gql-type-description-added B
            Note gql-type-description-removed C
            Note gql-type-added E
            """
        },
        {
            "fields",
            "type Query { a: Int b: Int! c: [Int] \"x\" d: Int \"x\" e: Int f: Int } interface I { a: Int } type T implements I { a: Int }",
            "type Query { b: Int c: [Int!]! \"y\" d: Int e: Int \"x\" f: Int g(h: Int!): Int } interface I { a: Int z: Int } type T implements I { a: Int }",
            """
            Breaking gql-field-removed Query.a
            Breaking gql-field-type-changed Query.b
            Breaking gql-interface-field-implementation-missing T.z
            Note gql-field-added I.z
            Note gql-field-type-changed Query.c
            Note gql-field-description-changed Query.d
            Note gql-field-description-removed Query.e
            Note gql-field-description-added Query.f
            Note gql-field-added Query.g
            Note gql-field-argument-added Query.g.h
            """
        },
        {
            "arguments",
            "type Query { a(a: Int, b: Int!, c: [Int!]!, d: Int = 1, e: Int! = 1, f: Float = 1, g: [Int] = 1, \"x\" h: Int): Int }",
            "type Query { a(b: Int, c: [Int!], d: Int = 2, e: Int!, f: Float = 1.0, g: [Int] = [1], h: Int, i: Int, j: Int!, k: Int! = 1): Int }",
            """
            Breaking gql-field-argument-removed Query.a.a
            Breaking gql-argument-default-removed-nonnull Query.a.e
            Breaking gql-field-argument-added Query.a.j
            Warning gql-field-argument-default-changed Query.a.d
            Warning gql-field-argument-added Query.a.i
            Warning gql-field-argument-added Query.a.k
            Note gql-field-argument-type-changed Query.a.b
            Note gql-field-argument-type-changed Query.a.c
            Note gql-field-argument-description-changed Query.a.h
            """
        },
        {
            "inputs",
            "input I { a: Int b: Int! c: Int = 1 d: Int! = 1 e: Int } input O { a: Int b: Int }",
            "input I { b: Int c: Int = 2 d: Int! \"x\" e: Int! f: Int g: Int! h: Int = 1 } input O @oneOf { a: Int b: Int } input N { a: Int! }",
            """
            Breaking gql-input-field-removed I.a
            Breaking gql-input-field-default-removed-nonnull I.d
            Breaking gql-input-field-type-changed I.e
            Breaking gql-input-field-added I.g
            Breaking gql-input-type-became-one-of O
            Warning gql-input-field-default-value-changed I.c
            Warning gql-input-field-added I.h
            Note gql-input-field-type-changed I.b
            Note gql-input-field-description-added I.e
            Note gql-input-field-added I.f
            Note gql-type-added N
            Note gql-input-field-added N.a
            """
        },
        {
            "enums and unions",
            "enum E { A B \"x\" C } type X { a: Int } type Y { a: Int } type Z { a: Int } union U = X | Y",
            "enum E { B \"y\" C D } type X { a: Int } type Y { a: Int } type Z { a: Int } union U = Y | Z enum N { A } union V = X",
            """
            Breaking gql-enum-value-removed E.A
            Breaking gql-union-member-removed U
            Warning gql-enum-value-added E.D
            Warning gql-union-member-added U
            Note gql-enum-value-description-changed E.C
            Note gql-type-added N
            Note gql-enum-value-added N.A
            Note gql-type-added V
            Note gql-union-member-added V
            """
        },
        {
            "directives",
            "directive @a on FIELD directive @b(x: Int, y: Int = 1, z: Int!) repeatable on FIELD | QUERY directive @c(\"x\" x: Int) on FIELD directive @skip(if: Int) on FIELD",
            "\"x\" directive @b(y: Int = 2, z: Int, v: Int!, w: Int) on FIELD | OBJECT directive @c(x: Int) repeatable on FIELD directive @d(a: Int!) on FIELD directive @include on FIELD",
            """
            Breaking gql-directive-removed @a
            Breaking gql-directive-argument-added @b
            Breaking gql-directive-location-removed @b
            Breaking gql-directive-argument-removed @b.x
            Warning gql-directive-repeatable-removed @b
            Warning gql-directive-argument-default-value-changed @b.y
            Note gql-directive-argument-added @b
            Note gql-directive-description-changed @b
            Note gql-directive-location-added @b
            Note gql-directive-argument-type-changed @b.z
            Note gql-directive-repeatable-added @c
            Note gql-directive-argument-description-changed @c.x
            Note gql-directive-argument-added @d
            Note gql-directive-added @d
            Note gql-directive-location-added @d
            """
        },
        {
            "directive uses",
            "schema @s { query: Query } type Query @a @b(x: 1, y: 1) @c(x: 1) { a(b: Int @i): Int @f } union U @u = Query enum E @e { A @v } scalar S",
            "schema { query: Query } type Query @b(x: 2, z: 1) @c(x: 1) @d(x: 1) { a(b: Int @j): Int } union U = Query enum E { A } scalar S @s input I @n { a: Int @n }",
            """
            Warning gql-directive-usage-schema-removed .@s
            Warning gql-directive-usage-enum-removed E.@e
            Warning gql-directive-usage-enum-value-removed E.A.@v
            Warning gql-directive-usage-object-removed Query.@a
            Warning gql-directive-usage-argument-changed Query.@b.x
            Warning gql-directive-usage-argument-removed Query.@b.y
            Warning gql-directive-usage-object-added Query.@d
            Warning gql-directive-usage-field-definition-removed Query.a.@f
            Warning gql-directive-usage-argument-definition-removed Query.a.b.@i
            Warning gql-directive-usage-argument-definition-added Query.a.b.@j
            Warning gql-directive-usage-scalar-added S.@s
            Warning gql-directive-usage-union-member-removed U.@u
            Note gql-type-added I
            Note gql-directive-usage-input-object-added I.@n
            Note gql-input-field-added I.a
            Note gql-directive-usage-input-field-definition-added I.a.@n
            Note gql-directive-usage-argument-added Query.@b.z
            """
        },
        {
            "repeated directive uses",
            "type A @m(x: 1) @m(x: 2) { a: Int } type B @m(x: 1) @m(x: 2) { a: Int } type C @m(x: 1) { a: Int } type D @m(x: 1) @m(x: 2) { a: Int }",
            "type A @m(x: 2) @m(x: 1) { a: Int } type B @m(x: 1) @m(x: 3) { a: Int } type C @m(x: 1) @m(x: 2) { a: Int } type D @m(x: 1) { a: Int }",
            """
            Warning gql-directive-usage-argument-changed B.@m.x
            Warning gql-directive-usage-object-added C.@m
            Warning gql-directive-usage-object-removed D.@m
            """
        },
        {
            "deprecation",
            "type Query { a: Int b: Int @deprecated c: Int @deprecated d: Int @deprecated(reason: \"x\") e: Int @deprecated(reason: \"x\") } enum E { A B @deprecated(reason: \"x\") C @deprecated(reason: \"x\") D @deprecated }",
            "type Query { a: Int @deprecated(reason: \"x\") b: Int c: Int @deprecated(reason: \"x\") d: Int @deprecated(reason: \"y\") e: Int @deprecated } enum E { A @deprecated B C @deprecated(reason: \"y\") D @deprecated(reason: \"No longer supported\") }",
            """
            Note gql-enum-value-deprecation-reason-added E.A.@deprecated
            Note gql-enum-value-deprecation-reason-removed E.B
            Note gql-enum-value-deprecation-reason-changed E.C.@deprecated
            Note gql-field-deprecation-added Query.a.@deprecated
            Note gql-field-deprecation-removed Query.b.@deprecated
            Note gql-field-deprecation-reason-added Query.c.@deprecated
            Note gql-field-deprecation-reason-changed Query.d.@deprecated
            Note gql-field-deprecation-reason-removed Query.e
            """
        },
        {
            "announced removals",
            "type Query { z: Int a: Int @deprecated b: Int @deprecated(reason: \"until 2027-02-28\") c: Int @deprecated(reason: \"until 2027-03-02\") d(x: Int @deprecated): Int e: Int @deprecated @sunset(date: \"2027-04-01\") } enum E { Z A @deprecated } input I { z: Int a: Int @deprecated(reason: \"until 2027-03-01\") }",
            "type Query { z: Int d: Int } enum E { Z } input I { z: Int }",
            """
            Breaking gql-removed-before-sunset Query.c
            Breaking gql-removed-before-sunset Query.e
            Note gql-removed-with-deprecation E.A
            Note gql-removed-with-deprecation I.a
            Note gql-removed-with-deprecation Query.a
            Note gql-removed-with-deprecation Query.b
            Note gql-removed-with-deprecation Query.d.x
            """
        },
        {
            "federation",
            "type T @key(fields: \"id\") @key(fields: \"sku\") @shareable { id: ID a: Int b: Int c: Int @requires(fields: \"id\") d: Int @provides(fields: \"id\") e: Int } type S @key(fields: \"a\") @key(fields: \"b\") { a: ID b: ID } type R @key(fields: \"a\") { a: ID }",
            "type T @key(fields: \"id\") @federation__tag(name: \"x\") { id: ID @inaccessible a: Int @external b: Int @override(from: \"y\") c: Int @requires(fields: \"sku\") d: Int e: Int @shareable } type S @key(fields: \"b\") @key(fields: \"a\") { a: ID b: ID } type R @key(fields: \"a b\") { a: ID }",
            """
            Breaking gql-federation-key-removed R.@key
            Breaking gql-federation-key-removed T.@key
            Breaking gql-federation-inaccessible-added T.id.@inaccessible
            Warning gql-federation-external-added T.a.@external
            Warning gql-federation-override-added T.b.@override
            Warning gql-federation-requires-changed T.c.@requires
            Warning gql-federation-provides-removed T.d.@provides
            Note gql-federation-tag-added T.@federation__tag
            Note gql-federation-shareable-removed T.@shareable
            Note gql-federation-shareable-added T.e.@shareable
            """
        },
    };

    [Fact]
    public void Rewrites_that_keep_the_meaning_have_no_findings()
    {
        const string Plain = "schema { query: Query } type Query implements I & J { a(b: Int = 1, c: In = {x: 1, y: [A]}): String @d(x: 1) } interface I { a: String } interface J { a: String } union U = Query | T type T { a: Int } enum E { A B } input In { x: Int y: [E] } directive @d(x: Int) on FIELD_DEFINITION | OBJECT";
        const string Rewritten = """
            # in another order
            directive @d(x: Int) on | OBJECT | FIELD_DEFINITION
            extend input In { x: Int }
            type T { a: Int }
            enum E { B, A, }
            union U = | T | Query
            interface J { a: String }
            input In { y: [E] }
            type Query { a(c: In = {y: A, x: 1}, b: Int = 1): String @d(x: 1) }
            interface I { a: String }
            extend type Query implements & J & I
            """;

        Compared.Told(Compared.Schemas(Plain, Rewritten)).ShouldBeEmpty();
        Compared.Told(Compared.Schemas(Rewritten, Plain)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("type A @m(x: 1) { a: Int }", "type A @m(x: 2) { a: Int }", "Warning gql-directive-usage-argument-changed A.@m.x", "Warning gql-directive-usage-argument-removed A.@m.x\nNote gql-directive-usage-argument-added A.@m.x")]
    [InlineData("type A { a(b: Int! = 1): Int }", "type A { a(b: Int!): Int }", "Breaking gql-argument-default-removed-nonnull A.a.b", "Warning gql-field-argument-default-changed A.a.b")]
    [InlineData("type A { a: Int b: Int @deprecated }", "type A { a: Int }", "Note gql-removed-with-deprecation A.b", "Breaking gql-field-removed A.b")]
    [InlineData("input I { a: Int }", "input I @oneOf { a: Int }", "Breaking gql-input-type-became-one-of I", "Breaking gql-directive-usage-input-object-added I.@oneOf")]
    [InlineData("type A { a: Int }", "type A { a: Int @external }", "Warning gql-federation-external-added A.a.@external", "Warning gql-directive-usage-field-definition-added A.a.@external")]
    public void One_edit_is_one_finding_where_the_checker_has_several_or_says_less(string old, string @new, string own, string checker)
    {
        Compared.Told(Compared.Schemas(old, @new)).ShouldBe(own);
        Compared.Told(Compared.Schemas(old, @new, "graphql-inspector")).ShouldBe(checker);
    }

    [Fact]
    public void A_finding_tells_what_and_where()
    {
        var finding = Compared.Schemas("type Query {\n  a(\n    b: Int): Int\n}", "type Query {\n  a(b: String): Int\n}").ShouldHaveSingleItem();

        finding.Text.ShouldBe("the argument Query.a(b:) took 'Int' and takes 'String'");
        (finding.Operation, finding.Path, finding.Element).ShouldBe(("", "Query.a.b", "argument Query.a(b:)"));
        (finding.Old!.Position.ToString(), finding.Old.Excerpt).ShouldBe(("old.graphql:3:5", "    b: Int): Int"));
        (finding.New!.Position.ToString(), finding.New.Excerpt).ShouldBe(("new.graphql:2:5", "  a(b: String): Int"));
    }
}
