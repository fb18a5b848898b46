using System.Collections.Immutable;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.Protobuf;

/// <summary>What is found besides what buf finds, and at which level; the rest is held by the cases of buf.</summary>
public sealed class ProtobufRuleTests
{
    /// <summary>Definitions with the numbers of the public ones, as far as the cases need them.</summary>
    private const string Api = """
        syntax = "proto3";
        package google.api;
        import "google/protobuf/descriptor.proto";
        message Http { string get = 2; string put = 3; string post = 4; string delete = 5; string body = 7; repeated Http additional_bindings = 11; string response_body = 12; }
        message Resource { string type = 1; repeated string pattern = 2; }
        enum Behavior { NONE = 0; REQUIRED = 2; OUTPUT_ONLY = 3; IMMUTABLE = 5; }
        extend google.protobuf.MethodOptions { Http http = 72295728; repeated string method_signature = 1051; }
        extend google.protobuf.FieldOptions { repeated Behavior field_behavior = 1052; }
        extend google.protobuf.MessageOptions { Resource resource = 1053; }
        """;

    private const string Validate = """
        syntax = "proto2";
        package buf.validate;
        import "google/protobuf/descriptor.proto";
        message Cel { optional string id = 1; optional string message = 2; optional string expression = 3; }
        message Text { optional uint64 min_len = 2; optional uint64 max_len = 3; optional string pattern = 6; repeated string in = 10; optional bool ulid = 35; repeated string example = 34; }
        message Whole { optional int32 gt = 4; repeated int32 in = 6; }
        message Long { optional int64 gt = 4; }
        message Real { optional bool finite = 8; }
        message Time { optional bool lt_now = 7; }
        message Many { optional Field items = 4; }
        message Field { optional bool required = 25; optional Text string = 14; optional Whole int32 = 3; optional Long int64 = 4; optional Real float = 1; optional Time timestamp = 22; optional Many repeated = 18; optional int32 ignore = 27; repeated Cel cel = 23; }
        extend google.protobuf.FieldOptions { optional Field field = 1159; }
        """;

    private const string Method = "message A {} service S { rpc Get(A) returns (A) { <> } }";
    private const string Sent = "message A { string a = 1; <> } message B {} service S { rpc Get(A) returns (B); }";
    private const string Received = "message A { string a = 1; <> } message B {} service S { rpc Get(B) returns (A); }";

    public static TheoryData<string, string, string, string> Cases => new()
    {
        { Method, "option (google.api.http) = { get: \"/a\" };", "option (google.api.http) = { get: \"/b\" };", "Breaking pb-rpc-http-path-changed" },
        { Method, "option (google.api.http) = { get: \"/a/{x}\" };", "option (google.api.http) = { get: \"/a/{y}\" };", "" },
        { Method, "option (google.api.http) = { get: \"/a\" };", "option (google.api.http) = { post: \"/a\" };", "Breaking pb-rpc-http-verb-changed" },
        { Method, "option (google.api.http) = { post: \"/a\" body: \"*\" };", "option (google.api.http) = { post: \"/a\" body: \"b\" };", "Breaking pb-rpc-http-body-changed" },
        { Method, "option (google.api.http) = { get: \"/a\" };", "option (google.api.http) = { get: \"/a\" response_body: \"b\" };", "Breaking pb-rpc-http-response-body-changed" },
        { Method, "option (google.api.http) = { get: \"/a\" };", "", "Breaking pb-rpc-http-binding-removed" },
        { Method, "option (google.api.http) = { get: \"/a\" };", "option (google.api.http) = { get: \"/a\" additional_bindings { get: \"/b\" } };", "Note pb-rpc-http-binding-added" },
        { Method, "option (google.api.http) = { get: \"/a\" additional_bindings { post: \"/b\" } };", "option (google.api.http) = { post: \"/b\" additional_bindings { get: \"/a\" } };", "" },
        { Method, "option (google.api.method_signature) = \"a\";", "option (google.api.method_signature) = \"b\";", "Warning pb-method-signature-changed" },
        { Method, "", "option deprecated = true;", "Note pb-rpc-deprecated" },
        { Method, "option deprecated = true;", "", "Note pb-rpc-reactivated" },
        { Sent, "string b = 2;", "string b = 2 [(google.api.field_behavior) = REQUIRED];", "Breaking pb-field-behavior-required-added" },
        { Sent, "string b = 2;", "string b = 2 [(google.api.field_behavior) = IMMUTABLE];", "Warning pb-field-behavior-immutable-added" },
        { Sent, "string b = 2;", "string b = 2 [(google.api.field_behavior) = OUTPUT_ONLY];", "Warning pb-field-behavior-output-only-added" },
        { Received, "string b = 2;", "string b = 2 [(google.api.field_behavior) = REQUIRED];", "" },
        { Sent, "", "string b = 2 [(google.api.field_behavior) = REQUIRED];", "Breaking pb-field-behavior-required-added, Note pb-field-added" },
        { Sent, "option (google.api.resource) = { type: \"a\" pattern: \"a/{a}\" };", "option (google.api.resource) = { type: \"a\" pattern: \"b/{a}\" };", "Warning pb-resource-pattern-changed" },
        { Sent, "string b = 2;", "string b = 2 [(buf.validate.field).string.min_len = 3];", "Breaking pb-validate-constraint-added" },
        { Received, "string b = 2;", "string b = 2 [(buf.validate.field).string.min_len = 3];", "Note pb-validate-constraint-added" },
        { Sent, "string b = 2 [(buf.validate.field).string.max_len = 3];", "string b = 2 [(buf.validate.field).string.max_len = 2];", "Breaking pb-validate-constraint-tightened" },
        { Sent, "string b = 2 [(buf.validate.field).string.max_len = 3];", "string b = 2 [(buf.validate.field).string.max_len = 4];", "Note pb-validate-constraint-relaxed" },
        { Received, "string b = 2 [(buf.validate.field).string.max_len = 3];", "string b = 2 [(buf.validate.field).string.max_len = 4];", "Breaking pb-validate-constraint-relaxed" },
        { Received, "string b = 2 [(buf.validate.field).required = true];", "string b = 2;", "Breaking pb-validate-constraint-removed" },
        { Sent, "int32 b = 2 [(buf.validate.field).int32.gt = -1];", "int32 b = 2 [(buf.validate.field).int32.gt = 1];", "Breaking pb-validate-constraint-tightened" },
        { Sent, "string b = 2 [(buf.validate.field).cel = { expression: \"a\" }];", "string b = 2 [(buf.validate.field).cel = { expression: \"b\" }];", "Warning pb-validate-expression-changed" },
        { Sent, "string b = 2;", "string b = 2 [(buf.validate.field).string.ulid = true];", "Warning pb-validate-unknown-constraint-changed" },
        { Sent, "repeated string b = 2;", "repeated string b = 2 [(buf.validate.field).repeated.items.string.ulid = true];", "Warning pb-validate-unknown-constraint-changed" },
        { Sent, "string b = 2;", "string b = 2 [(buf.validate.field).timestamp.lt_now = true];", "Warning pb-validate-unknown-constraint-changed" },
        { Sent, "string b = 2 [(buf.validate.field).ignore = 1];", "string b = 2 [(buf.validate.field).ignore = 3];", "Warning pb-validate-unknown-constraint-changed" },
        { Sent, "string b = 2;", "string b = 2 [(buf.validate.field).string.example = \"c\"];", "" },
        { Sent, "float b = 2;", "float b = 2 [(buf.validate.field).float.finite = true];", "Breaking pb-validate-constraint-added" },
        { Sent, "", "string b = 2 [(buf.validate.field).required = true];", "Breaking pb-validate-constraint-added, Note pb-field-added" },
        { Received, "", "string b = 2 [(buf.validate.field).required = true];", "Note pb-field-added" },
        { Sent, "int64 b = 2 [(buf.validate.field).int64.gt = 9007199254740992];", "int64 b = 2 [(buf.validate.field).int64.gt = 9007199254740993];", "Breaking pb-validate-constraint-tightened" },
        { Sent, "int32 b = 2 [(buf.validate.field).int32 = { in: 1 in: 2 }];", "int32 b = 2 [(buf.validate.field).int32 = { in: 1 in: 3 }];", "Breaking pb-validate-constraint-tightened" },
        { Received, "int32 b = 2 [(buf.validate.field).int32 = { in: 1 in: 2 }];", "int32 b = 2 [(buf.validate.field).int32 = { in: 1 in: 3 }];", "Breaking pb-validate-constraint-relaxed" },
        { Received, "int32 b = 2 [(buf.validate.field).int32 = { in: 1 in: 2 }];", "int32 b = 2 [(buf.validate.field).int32 = { in: 1 }];", "Note pb-validate-constraint-tightened" },
        { Received, "string b = 2 [(buf.validate.field).string.pattern = \"a\"];", "string b = 2 [(buf.validate.field).string.pattern = \"b\"];", "Breaking pb-validate-constraint-relaxed" },
        { Sent, "message N { option deprecated = true; }", "", "Note pb-removed-with-deprecation" },
        { Sent, "enum E { option deprecated = true; Z = 0; }", "", "Note pb-removed-with-deprecation" },
        { Sent, "oneof o { string b = 2; }", "oneof o { string b = 2; string c = 3; }", "Warning pb-oneof-field-added" },
        { Sent, "", "reserved 2; reserved \"b\";", "" },
        { Sent, "string b = 2 [deprecated = true];", "reserved 2; reserved \"b\";", "Note pb-removed-with-deprecation" },
        { Sent, "string b = 2;", "reserved 2; reserved \"b\";", "Breaking pb-field-no-delete" },
        { Sent, "string b = 2;", "int32 b = 2;", "Breaking pb-field-same-type" },
        { Sent, "enum E { Z = 0; }", "enum E { Z = 0; Y = 1; }", "Note pb-enum-value-added" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_change_is_told_once_and_at_its_level(string frame, string old, string @new, string expected)
    {
        var findings = Compare(Tree(frame, old), Tree(frame, @new), new ComparisonOptions(DateOnly.MinValue));

        string.Join(", ", findings.Select(f => $"{f.Severity} {f.Rule.Id}")).ShouldBe(expected);
    }

    [Fact]
    public void A_changed_http_path_is_nothing_that_buf_finds() =>
        Compare(Tree(Method, "option (google.api.http) = { get: \"/a\" };"), Tree(Method, "option (google.api.http) = { get: \"/b\" };"), Of("buf-file")).ShouldBeEmpty();

    [Fact]
    public void A_syntax_that_behaves_alike_is_worth_a_note()
    {
        using var old = new ProtoTree().With("a.proto", "syntax = \"proto3\"; message A { string a = 1; }");
        using var @new = new ProtoTree().With("a.proto", "edition = \"2023\"; option features.field_presence = IMPLICIT; message A { string a = 1; }");

        Ids(old, @new, "davit").ShouldBe(["pb-syntax-changed-features-equal"]);
        Ids(old, @new, "buf-file").ShouldBe(["pb-file-same-syntax"]);
    }

    [Fact]
    public void What_moved_to_another_file_is_worth_a_note()
    {
        using var old = new ProtoTree().With("a.proto", "syntax = \"proto3\"; message A {} message B {}").With("b.proto", "syntax = \"proto3\";");
        using var @new = new ProtoTree().With("a.proto", "syntax = \"proto3\"; message A {}").With("b.proto", "syntax = \"proto3\"; message B {}");

        Ids(old, @new, "davit").ShouldBe(["pb-message-moved"]);
        Ids(old, @new, "buf-file").ShouldBe(["pb-message-no-delete"]);
        Ids(old, @new, "buf-package").ShouldBeEmpty();
    }

    [Fact]
    public void What_was_lost_on_the_way_to_another_file_is_told()
    {
        using var old = new ProtoTree().With("a.proto", "syntax = \"proto3\"; message A { message N {} enum E { Z = 0; } }").With("b.proto", "syntax = \"proto3\"; message B {}");
        using var renamed = new ProtoTree().With("c.proto", "syntax = \"proto3\"; message A { enum E { Z = 0; } }").With("b.proto", "syntax = \"proto3\"; message B {}");
        using var moved = new ProtoTree().With("a.proto", "syntax = \"proto3\";").With("b.proto", "syntax = \"proto3\"; message B {} message A { enum E { Z = 0; } }");

        Ids(old, renamed, "davit").ShouldBe(["pb-package-message-no-delete", "pb-message-moved", "pb-file-added"], ignoreOrder: true);
        Ids(old, moved, "davit").ShouldBe(["pb-message-no-delete", "pb-message-moved"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("extend A { optional string e = 101; }", "pb-extension-number-changed")]
    [InlineData("extend B { optional string e = 100; }", "pb-extension-number-changed")]
    [InlineData("extend A { optional string f = 100; }", "pb-field-same-name")]
    public void An_extension_is_known_by_its_number_and_by_its_name(string extension, string expected)
    {
        const string Messages = "syntax = \"proto2\"; message A { extensions 100 to 200; } message B { extensions 100 to 200; } ";
        using var old = new ProtoTree().With("a.proto", Messages + "extend A { optional string e = 100; }");
        using var @new = new ProtoTree().With("a.proto", Messages + extension);

        Ids(old, @new, "davit").ShouldContain(expected);
        Ids(old, @new, "buf-file").ShouldNotContain("pb-extension-number-changed");
    }

    [Fact]
    public void A_new_field_is_required_by_its_features_as_by_the_word()
    {
        using var old = new ProtoTree().With("a.proto", "edition = \"2023\"; message A { string a = 1; string c = 3 [features.field_presence = LEGACY_REQUIRED, deprecated = true]; }");
        using var @new = new ProtoTree().With("a.proto", "edition = \"2023\"; message A { reserved 3; reserved c; string a = 1; string b = 2 [features.field_presence = LEGACY_REQUIRED]; }");

        Ids(old, @new, "davit").ShouldBe(["pb-field-no-delete", "pb-required-field-added", "pb-field-added"], ignoreOrder: true);
        Ids(old, @new, "buf-wire").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("enum E { option features.enum_type = CLOSED; Z = 0; }")]
    [InlineData("enum E { option features.json_format = LEGACY_BEST_EFFORT; Z = 0; }")]
    public void A_syntax_by_which_an_enum_behaves_otherwise_is_no_mere_note(string type)
    {
        using var old = new ProtoTree().With("a.proto", "syntax = \"proto3\"; enum E { Z = 0; }");
        using var @new = new ProtoTree().With("a.proto", "edition = \"2023\"; option features.field_presence = IMPLICIT; " + type);

        Ids(old, @new, "davit").ShouldNotContain("pb-syntax-changed-features-equal");
    }

    [Fact]
    public void Two_single_files_belong_together_whatever_they_are_called()
    {
        using var old = new ProtoTree().With("old.proto", "syntax = \"proto3\"; message A {} message B {}");
        using var @new = new ProtoTree().With("new.proto", "syntax = \"proto3\"; message A {}");

        Ids(old, @new, "davit").ShouldBe(["pb-message-no-delete"]);
        Ids(old, @new, "buf-file").ShouldBe(["pb-file-no-delete"]);
    }

    [Fact]
    public void A_field_that_is_gone_is_shown_where_it_was_and_where_it_would_be()
    {
        using var old = new ProtoTree().With("a.proto", "syntax = \"proto3\";\nmessage A {\n  string a = 1;\n  string b = 2;\n}\n");
        using var @new = new ProtoTree().With("a.proto", "syntax = \"proto3\";\n\nmessage A {\n  string a = 1;\n}\n");

        var finding = Comparison.Of(old.Compiled(), @new.Compiled(), Of("buf-file")).Findings.ShouldHaveSingleItem();

        finding.Old!.Position.ToString().ShouldBe("a.proto:4:3");
        finding.Old.Excerpt.Trim().ShouldBe("string b = 2;");
        finding.New!.Position.ShouldBe(new Davit.Contracts.Documents.Position("a.proto", 3, 1, 5, 2));
    }

    private static ProtoTree Tree(string frame, string content) => new ProtoTree().With("google/api/api.proto", Api).With("buf/validate/validate.proto", Validate)
        .With("a.proto", "syntax = \"proto3\"; package a; import \"google/api/api.proto\"; import \"buf/validate/validate.proto\";\n" + frame.Replace("<>", content, StringComparison.Ordinal));

    private static string[] Ids(ProtoTree old, ProtoTree @new, string profile) => [.. Comparison.Of(old.Compiled(), @new.Compiled(), Of(profile)).Findings.Select(f => f.Rule.Id)];

    private static ComparisonOptions Of(string profile) => new(DateOnly.MinValue) { Profile = profile };

    private static ImmutableArray<Finding> Compare(ProtoTree old, ProtoTree @new, ComparisonOptions options)
    {
        using (old)
        using (@new)
            return Comparison.Of(old.Compiled(), @new.Compiled(), options).Findings;
    }
}
