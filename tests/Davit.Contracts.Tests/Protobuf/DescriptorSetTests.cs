using Davit.Contracts.Documents;
using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Tests.Protobuf;

/// <summary>Compiled files are read as they come, and whatever else comes is refused.</summary>
public sealed class DescriptorSetTests
{
    private const string Text = "syntax = \"proto3\"; package a; message A { string a = 1; map<string, A> b = 2; oneof c { int32 d = 3; } } enum E { Z = 0; } service S { rpc Get(A) returns (A); }";

    [Fact]
    public void A_descriptor_set_is_a_contract_of_its_own()
    {
        using var tree = new ProtoTree().With("a.proto", Text);
        var set = ContractSource.Of("api.binpb", tree.Set());

        ContractKind.Of(set).ShouldBe("protobuf");
        Comparison.Of(set, set, Options).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_cut_off_or_spoilt_is_refused_and_nothing_else_happens()
    {
        using var tree = new ProtoTree().With("a.proto", Text);
        var whole = tree.Set();
        var good = ContractSource.Of("old", whole);

        for (var at = 0; at < whole.Length; at++)
        {
            Read(good, whole[..at]);
            foreach (var with in (byte[])[0x00, 0x7F, 0x80, 0xFF])
            {
                byte[] spoilt = [.. whole];
                spoilt[at] = with;
                Read(good, spoilt);
            }
        }
    }

    [Fact]
    public void Messages_in_messages_end_somewhere()
    {
        byte[] inner = [];
        for (var depth = 0; depth < 5_000; depth++)
            inner = [0x1A, .. Varint(inner.Length), .. inner];
        byte[] message = [0x22, .. Varint(inner.Length), .. inner];
        byte[] file = [0x0A, 1, (byte)'a', .. message];

        Should.Throw<UnreadableException>(() => Compare([0x0A, .. Varint(file.Length), .. file])).Code.ShouldBe(UnreadableCodes.TooDeep);
    }

    [Fact]
    public void Options_in_very_many_parts_are_refused()
    {
        byte[] file = [0x0A, 1, (byte)'a', .. Enumerable.Repeat((byte[])[0x42, 2, 0x50, 1], 1_000).SelectMany(o => o)];

        Should.Throw<UnreadableException>(() => Compare([0x0A, .. Varint(file.Length), .. file])).Code.ShouldBe(UnreadableCodes.TooLarge);
    }

    [Fact]
    public void Large_messages_enums_and_comments_are_compared()
    {
        var fields = string.Concat(Enumerable.Range(1, 10_000).Select(n => $"optional int32 f{n} = {n};\n"));
        var values = string.Concat(Enumerable.Range(1, 10_000).Select(n => $"V{n} = 0;\n"));
        using var old = new ProtoTree().With("a.proto", $"syntax = \"proto3\";\n// {new string('a', 1 << 20)}\nmessage A {{\n{fields}}}\nenum E {{ option allow_alias = true;\n{values}}}\n");
        using var @new = new ProtoTree().With("a.proto", $"syntax = \"proto3\";\nmessage A {{\n{fields.Replace("int32 f7 ", "string f7 ", StringComparison.Ordinal)}}}\nenum E {{ option allow_alias = true;\n{values}}}\n");

        Comparison.Of(old.Compiled(), @new.Compiled(), Options).Findings.Select(f => f.Rule.Id).ShouldBe(["pb-field-same-type"]);
    }

    [Fact]
    public void An_edition_of_later_days_is_refused()
    {
        byte[] file = [0x0A, 1, (byte)'a', 0x62, 8, .. "editions"u8, 0x70, .. Varint(1_999)];

        Should.Throw<UnreadableException>(() => Compare([0x0A, .. Varint(file.Length), .. file])).Code.ShouldBe(UnreadableCodes.Version);
    }

    [Theory]
    [InlineData(-1, 1, 1, 1)]
    [InlineData(1, -1, 1, 1)]
    [InlineData(1, 1, int.MaxValue, 1)]
    [InlineData(int.MaxValue, 1, int.MaxValue, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, 0)]
    public void A_place_that_cannot_be_is_none(params int[] span)
    {
        byte[] location = [.. Field(1, [4, 0]), .. Field(2, [.. span.SelectMany(Varint)])];
        var positions = Field(9, Field(1, location));
        var old = Field(1, [.. Field(1, "a.proto"u8), .. Field(4, [.. Field(1, "A"u8), .. Field(2, [.. Field(1, "f"u8), 0x18, 1, 0x20, 1, 0x28, 9])]), .. positions]);
        var @new = Field(1, [.. Field(1, "a.proto"u8), .. Field(4, Field(1, "A"u8)), .. positions]);

        var finding = Comparison.Of(ContractSource.Of("old", old), ContractSource.Of("new", @new), Options).Findings.ShouldHaveSingleItem();

        finding.New!.Position.ShouldBe(new Position("a.proto", 1, 1, 1, 1));
    }

    [Fact]
    public void Many_fields_of_large_enums_are_compared_in_time()
    {
        var values = string.Concat(Enumerable.Range(0, 20_000).Select(n => $"V{n} = {n};\n"));
        var fields = string.Concat(Enumerable.Range(1, 5_000).Select(n => $"optional E f{n} = {n};\n"));
        string Declared(string package) => $"syntax = \"proto3\";\npackage {package};\nenum E {{\n{values}}}\n";
        string Uses(string package) => $"syntax = \"proto3\";\nimport \"a.proto\"; import \"b.proto\";\nmessage M {{\n{fields.Replace("E", $"{package}.E", StringComparison.Ordinal)}}}\n";
        using var old = new ProtoTree().With("a.proto", Declared("a")).With("b.proto", Declared("b")).With("m.proto", Uses("a"));
        using var @new = new ProtoTree().With("a.proto", Declared("a")).With("b.proto", Declared("b")).With("m.proto", Uses("b"));

        Comparison.Of(old.Compiled(), @new.Compiled(), Options with { Profile = "buf-wire" }).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Only_what_was_not_asked_for_is_marked_as_imported()
    {
        byte[] set = [.. Field(1, Field(1, "a.proto"u8)), .. Field(1, [.. Field(1, "b.proto"u8), .. Field(4, Field(1, "B"u8))])];

        var marked = DescriptorSet.Marked(set, ["a.proto"]);

        DescriptorSet.Read(marked).Files.Keys.ShouldBe(["a.proto"]);
        DescriptorSet.Read(marked).Message("B").ShouldNotBeNull();
        DescriptorSet.Marked(set, ["a.proto", "b.proto"]).ShouldBe(set);
        Should.Throw<UnreadableException>(() => DescriptorSet.Marked(set[..^1], []));
        Should.Throw<UnreadableException>(() => DescriptorSet.Marked([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], []));
    }

    private static ComparisonOptions Options { get; } = new(DateOnly.MinValue);

    private static void Compare(byte[] set) => Comparison.Of(ContractSource.Of("old", set), ContractSource.Of("new", set), Options);

    private static void Read(ContractSource old, byte[] set)
    {
        try
        {
            Comparison.Of(old, ContractSource.Of("new", set), Options);
        }
        catch (UnreadableException unreadable)
        {
            unreadable.Message.ShouldNotBeEmpty();
        }
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content) => [.. Varint(number << 3 | 2), .. Varint(content.Length), .. content];

    /// <summary>What is negative is written as one of 64 bits.</summary>
    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        var left = unchecked((ulong)value);
        for (; left >= 0x80; left >>= 7)
            bytes.Add((byte)(left & 0x7F | 0x80));
        return [.. bytes, (byte)left];
    }
}
