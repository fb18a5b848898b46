using Davit.Contracts.Protobuf;
using Davit.Contracts.Protobuf.Rules;
using Davit.Contracts.Tests.Rules;

namespace Davit.Contracts.Tests.Protobuf;

public sealed class ProtobufCatalogTests
{
    [Fact]
    public void Every_rule_in_the_assembly_is_listed_exactly_once() => Catalogs.ShouldBeComplete([.. ProtobufRules.All], "Davit.Contracts.Protobuf.Rules", "pb");

    [Fact]
    public void Every_rule_of_buf_is_known_and_has_a_category() =>
        ProtobufRules.All.Select(r => r.Alias?.Id).OfType<string>().Order(StringComparer.Ordinal).ShouldBe(BufRules.Of("v2").Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("v2", 64, 51, 51, 22, 15)]
    [InlineData("v1", 61, 49, 49, 21, 14)]
    public void Categories_have_the_rules_that_buf_has_in_them(string ruleSet, int all, int file, int package, int wireJson, int wire)
    {
        var rules = BufRules.Of(ruleSet);

        rules.Count.ShouldBe(all);
        ((string[])["FILE", "PACKAGE", "WIRE_JSON", "WIRE"]).Select(c => BufRules.Named(c, rules).Count()).ShouldBe([file, package, wireJson, wire]);
    }

    [Theory]
    [InlineData("FIELD_SAME_CTYPE", "FIELD_SAME_CPP_STRING_TYPE")]
    [InlineData("FILE_SAME_PHP_GENERIC_SERVICES")]
    public void Retired_names_are_understood(string name, params string[] meant) => BufRules.Named(name, BufRules.Of("v2")).ShouldBe(meant);

    [Fact]
    public void Unknown_names_are_refused()
    {
        Should.Throw<ArgumentException>(() => BufRules.Named("FIELD_SAME_COLOUR", BufRules.Of("v2")));
        Should.Throw<ArgumentException>(() => BufRules.Of("v3"));
    }
}
