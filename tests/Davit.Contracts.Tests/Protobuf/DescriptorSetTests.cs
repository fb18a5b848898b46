using Davit.Contracts.Documents;

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

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value & 0x7F | 0x80));
        return [.. bytes, (byte)value];
    }
}
