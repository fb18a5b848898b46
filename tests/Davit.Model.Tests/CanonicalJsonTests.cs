using System.Text;
using System.Text.Json.Nodes;

namespace Davit.Model.Tests;

/// <summary>RFC 8785 with the examples it gives itself.</summary>
public sealed class CanonicalJsonTests
{
    /// <summary>Appendix B: the bits of a double and how ECMAScript prints it.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_printed_as_appendix_B_says(ulong bits, string expected) =>
        Text(JsonValue.Create(BitConverter.UInt64BitsToDouble(bits))).ShouldBe(expected);

    [Fact]
    public void Members_are_sorted_by_code_units_as_in_section_3_2_3()
    {
        const string given = """{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""";

        JsonNode.Parse(Text(JsonNode.Parse(given)))!.AsObject().Select(m => m.Value!.GetValue<string>()).ShouldBe(
        [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
        ]);
    }

    [Fact]
    public void The_example_of_section_3_2_2_comes_out_byte_for_byte()
    {
        const string given = """
            { "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }
            """;
        const string expected = """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""";

        Text(JsonNode.Parse(given)).ShouldBe(expected);
    }

    [Fact]
    public void Equal_values_have_one_hash_and_different_ones_another()
    {
        CanonicalJson.Hash(JsonNode.Parse("""{"a":1.0,"b":[]}""")).ShouldBe(CanonicalJson.Hash(new JsonObject { ["b"] = new JsonArray(), ["a"] = 1 }));
        CanonicalJson.Hash(JsonNode.Parse("""{"a":"1"}""")).ShouldNotBe(CanonicalJson.Hash(JsonNode.Parse("""{"a":1}""")));
    }

    [Fact]
    public void Every_power_of_ten_is_read_back_as_itself()
    {
        for (var exponent = -323; exponent <= 308; exponent++)
        {
            foreach (var digits in (string[])["1", "9.5", "9.999999999999999", "-1.2345678901234567"])
            {
                var value = double.Parse($"{digits}e{exponent}", System.Globalization.CultureInfo.InvariantCulture);
                if (double.IsFinite(value))
                    double.Parse(Text(JsonValue.Create(value)), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(value);
            }
        }
    }

    private static string Text(JsonNode? node) => Encoding.UTF8.GetString(CanonicalJson.Bytes(node));

    [Fact]
    public void A_number_beyond_every_double_has_no_canonical_form() =>
        Should.Throw<ArgumentException>(() => CanonicalJson.Text(System.Text.Json.Nodes.JsonNode.Parse("1e400")));
}
