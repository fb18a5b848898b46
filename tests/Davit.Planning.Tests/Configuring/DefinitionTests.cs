using Davit.Planning.Configuring;

namespace Davit.Planning.Tests.Configuring;

public sealed class DefinitionTests
{
    [Theory]
    [InlineData("string", "anything", "")]
    [InlineData("integer", "-42", "4.2 x 1e3 99999999999999999999")]
    [InlineData("number", "4.2 -1 1e3", "x 1,5 NaN")]
    [InlineData("boolean", "true false", "yes 1 True")]
    [InlineData("enum", "eu us", "EU asia")]
    [InlineData("url", "https://a.example/x?y#z postgres://u:p@h:5/d", "a.example /etc/passwd file:///etc/passwd")]
    [InlineData("email", "a@b.example a+c@b", "a@ @b a@b@c")]
    [InlineData("regex", "^a+$ .*", "( (?=a)")]
    [InlineData("duration", "5s 1m30s 1.5h", "5 s 1x")]
    [InlineData("size", "256Mi 1GB 12", "Mi 1Q")]
    [InlineData("json", "{\"a\":[1]} null", "{ {'a':1}")]
    public void Each_type_takes_what_it_says(string type, string good, string bad)
    {
        var definition = new VariableDefinition("V", type) { Values = ["eu", "us"] };
        definition.Faulty().ShouldBeNull();
        foreach (var value in good.Split(' '))
            definition.Refuses(value).ShouldBeNull(value);
        foreach (var value in bad.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            definition.Refuses(value).ShouldNotBeNull(value);
    }

    [Fact]
    public void Bounds_patterns_and_defaults_are_held()
    {
        new VariableDefinition("V", "integer") { Min = 1, Max = 10 }.Refuses("0").ShouldBe("be at least 1");
        new VariableDefinition("V", "integer") { Min = 1, Max = 10 }.Refuses("11").ShouldBe("be at most 10");
        new VariableDefinition("V", "string") { Max = 3 }.Refuses("four").ShouldBe("be at most 3");
        new VariableDefinition("V", "string") { Pattern = "[a-c]+" }.Refuses("abcd").ShouldBe("match [a-c]+");
        new VariableDefinition("V", "string") { Pattern = "[a-c]+" }.Refuses("abc").ShouldBeNull();
        new VariableDefinition("V", "integer") { Default = "x" }.Faulty().ShouldBe("the default must be a whole number");
        new VariableDefinition("V", "enum").Faulty().ShouldBe("an enum needs values");
        new VariableDefinition("V", "other").Faulty()!.ShouldStartWith("'other' is no type");
    }
}
