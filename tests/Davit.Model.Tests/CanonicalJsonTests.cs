using System.Text.Json.Nodes;

namespace Davit.Model.Tests;

/// <summary>The published examples of RFC 8785.</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("-5e-324", "-5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("295147905179352830000", "295147905179352830000")]
    [InlineData("9.999999999999997e22", "9.999999999999997e+22")]
    [InlineData("1e23", "1e+23")]
    [InlineData("1.0000000000000001e23", "1.0000000000000001e+23")]
    [InlineData("999999999999999700000", "999999999999999700000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("9.999999999999997e-7", "9.999999999999997e-7")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    public void Numbers_are_written_as_ecmascript_prints_them(string number, string wanted) => CanonicalJson.Text(JsonNode.Parse(number)).ShouldBe(wanted);

    [Fact]
    public void Keys_are_sorted_by_code_units_and_text_is_escaped_as_little_as_possible() =>
        CanonicalJson.Text(JsonNode.Parse("""{"\u20ac": "Euro", "\r": "\u000f\n\"\\/", "\ud83d\ude00": true, "1": [null, {}], "\u00f6": "<\u0080"}"""))
            .ShouldBe("{\"\\r\":\"\\u000f\\n\\\"\\\\/\",\"1\":[null,{}],\"ö\":\"<\u0080\",\"€\":\"Euro\",\"😀\":true}");
}
