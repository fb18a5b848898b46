using System.Collections.Immutable;
using System.Globalization;
using Davit.Planning.Configuring;
using Davit.Planning.Instances;
using FsCheck;
using FsCheck.Fluent;

namespace Davit.Planning.Tests.Configuring;

/// <summary>References in variables: every form, every fault with its place, and no value that makes them take for ever.</summary>
public sealed class ReferenceTests
{
    private static readonly ReferenceFacts Facts = new()
    {
        Services = EquatableMap.Of(("my-api.url", "http://api.example"), ("my-api.port", "8080"), ("my-api.host", "my-api")),
        Git = EquatableMap.Of(("commit", "0123456789abcdef")),
        System = EquatableMap.Of(("app", "shop"), ("env", "test")),
        Org = EquatableMap.Of(("REGION", "eu")),
    };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("${SET}", "value")]
    [InlineData("a${SET}b${SET}c", "avaluebvaluec")]
    [InlineData("${EMPTY}", "")]
    [InlineData("$$", "$")]
    [InlineData("$${SET}", "${SET}")]
    [InlineData("$$$${SET}", "$${SET}")]
    [InlineData("$$${SET}", "$value")]
    [InlineData("$SET", "$SET")]
    [InlineData("100$", "100$")]
    [InlineData("a $ b", "a $ b")]
    [InlineData("${SET:-d}", "value")]
    [InlineData("${EMPTY:-d}", "d")]
    [InlineData("${EMPTY-d}", "")]
    [InlineData("${NONE:-d}", "d")]
    [InlineData("${NONE-d}", "d")]
    [InlineData("${NONE:-}", "")]
    [InlineData("${NONE:-a b \"c\" 'd' # e}", "a b \"c\" 'd' # e")]
    [InlineData("${NONE:-${SET}}", "value")]
    [InlineData("${NONE:-${NONE:-${SET}!}?}", "value!?")]
    [InlineData("${NONE:-$$}", "$")]
    [InlineData("${SET:+v}", "v")]
    [InlineData("${EMPTY:+v}", "")]
    [InlineData("${EMPTY+v}", "v")]
    [InlineData("${NONE+v}", "")]
    [InlineData("${SET:?no}", "value")]
    [InlineData("${EMPTY?no}", "")]
    [InlineData("${env.SET}", "value")]
    [InlineData("${services.my-api.url}", "http://api.example")]
    [InlineData("${services.my-api.host}:${services.my-api.port}", "my-api:8080")]
    [InlineData("${services.other.url:-none}", "none")]
    [InlineData("${git.commit}", "0123456789abcdef")]
    [InlineData("${davit.app}-${system.env}", "shop-test")]
    [InlineData("${org.REGION}", "eu")]
    [InlineData("${CHAIN}", "[value]")]
    [InlineData("{\"json\": \"${SET}\"}", "{\"json\": \"value\"}")]
    [InlineData("漢字 ${SET} 🦆", "漢字 value 🦆")]
    [InlineData("line\n${SET}\r\n", "line\nvalue\r\n")]
    public void Resolves(string template, string value) => Resolve(template).ShouldBe((value, ""));

    [Theory]
    [InlineData("${NONE}", "1:1 'NONE' has no value")]
    [InlineData("a\nbc${NONE}", "2:3 'NONE' has no value")]
    [InlineData("${NONE} ${OTHER}", "1:1 'NONE' has no value|1:9 'OTHER' has no value")]
    [InlineData("${NONE:?say why}", "1:1 'NONE' must have a value: say why")]
    [InlineData("${EMPTY:?}", "1:1 'EMPTY' must have a value")]
    [InlineData("${", "1:1 a name must follow '${'; write a literal '$' as '$$'")]
    [InlineData("x ${}", "1:3 a name must follow '${'; write a literal '$' as '$$'")]
    [InlineData("${1A}", "1:1 a name must follow '${'; write a literal '$' as '$$'")]
    [InlineData("${SET", "1:1 the '}' that closes it is missing")]
    [InlineData("${SET:-x", "1:1 the '}' that closes it is missing")]
    [InlineData("${SET!}", "1:1 after 'SET' must come '}' or one of :- - :? ? :+ +")]
    [InlineData("${services.my-api.none}", "1:1 'services.my-api.none' has no value")]
    [InlineData("${secret.SET}", "1:1 'SET' is a variable and no secret; write ${SET}")]
    [InlineData("${secret.NONE}", "1:1 'secret.NONE' has no value")]
    [InlineData("${T}", "1:1 the references go round in a circle: T → T")]
    public void Says_what_is_wrong_and_where(string template, string faults) => Resolve(template).Faults.ShouldBe(faults);

    [Fact]
    public void What_is_made_from_a_secret_is_one_and_its_value_is_not_known()
    {
        var (names, _) = Names("u:${secret.KEY}@${KEY:-x}/${KEY:+y}");
        var resolver = new ReferenceResolver(names, Facts);

        var value = resolver.Resolve("T").ShouldNotBeNull();

        resolver.Faults.ShouldBeEmpty();
        value.IsSecret.ShouldBeTrue();
        value.Text.ShouldBe("u:***(KEY)@***(KEY)/y");
        value.Parts.Length.ShouldBe(5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(11)]
    [InlineData(20)]
    public void A_circle_is_named_whatever_its_length(int length)
    {
        var layer = new Layer(LayerKind.Env, "env", [.. Enumerable.Range(0, length).Select(n => new Setting($"V{n}", new SettingValue.Template($"${{V{(n + 1) % length}}}")))]);
        var resolver = new ReferenceResolver(Layering.Of([layer]), Facts);

        resolver.Resolve("V0").ShouldBeNull();

        resolver.Faults.ShouldContain(f => f.Message.EndsWith($"circle: {string.Join(" → ", Enumerable.Range(0, length).Append(0).Select(n => $"V{n}"))}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(69, false)]
    [InlineData(500, false)]
    public void Ten_references_deep_is_deep_enough_whatever_is_resolved_first(int depth, bool isSound)
    {
        Setting[] chain = [.. Enumerable.Range(0, depth).Select(n => new Setting($"V{n:D3}", new SettingValue.Template($"${{V{n + 1:D3}}}"))), new Setting($"V{depth:D3}", new SettingValue.Text("end"))];
        foreach (var order in (IEnumerable<string>[])[chain.Select(s => s.Name), chain.Select(s => s.Name).Reverse()])
        {
            var resolver = new ReferenceResolver(Layering.Of([new Layer(LayerKind.Env, "env", [.. chain])]), Facts);
            foreach (var name in order)
                resolver.Resolve(name);
            (resolver.Faults.Count is 0).ShouldBe(isSound, string.Join('\n', resolver.Faults));
        }
    }

    [Fact]
    public void Values_that_grow_without_end_are_stopped_at_once()
    {
        var bomb = new Layer(LayerKind.Env, "env",
            [new Setting("V0", new SettingValue.Text(new string('x', 1000))), .. Enumerable.Range(1, 9).Select(n => new Setting($"V{n}", new SettingValue.Template(string.Concat(Enumerable.Repeat($"${{V{n - 1}}}", 20)))))]);
        var resolver = new ReferenceResolver(Layering.Of([bomb]), Facts);
        var began = System.Diagnostics.Stopwatch.StartNew();

        resolver.Resolve("V9").ShouldBeNull();

        began.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        resolver.Faults.ShouldContain(f => f.Message.Contains("1 MiB", StringComparison.Ordinal));
    }

    /// <summary>Texts without references come out as they went in, and escaped ones as they were.</summary>
    [Fact]
    public void Escaping_is_undone_exactly() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(s => s is not null), text =>
        Resolve(text.Replace("$", "$$", StringComparison.Ordinal)) == (text, "")));

    /// <summary>Whatever is written, the resolver ends, and either has a value or says why not.</summary>
    [Fact]
    public void No_template_breaks_the_resolver()
    {
        var pieces = Gen.Elements("${", "}", "$", "$$", ":-", "-", ":?", "?", "+", "SET", "NONE", "EMPTY", "services.my-api.url", "env.", ".", "x", "\n", "secret.KEY");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(Gen.ArrayOf(pieces).Select(p => string.Concat(p)).ToArbitrary(), template =>
        {
            var (value, faults) = Resolve(template);
            return (value is null) == (faults is not "");
        }));
    }

    private static (string? Value, string Faults) Resolve(string template)
    {
        var (names, _) = Names(template);
        var resolver = new ReferenceResolver(names, Facts);
        var value = resolver.Resolve("T")?.Text;
        return (value, string.Join('|', resolver.Faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.At!.Line}:{f.At.Column} {f.Message}"))));
    }

    private static (ImmutableSortedDictionary<string, Winner> Names, Layer Layer) Names(string template)
    {
        var layer = new Layer(LayerKind.Env, "env",
        [
            new Setting("SET", new SettingValue.Text("value")), new Setting("EMPTY", new SettingValue.Text("")), new Setting("CHAIN", new SettingValue.Template("[${SET}]")),
            new Setting("KEY", new SettingValue.Secret(new SecretPin("KEY", "sec_1@1"), IsVariable: false)), new Setting("T", new SettingValue.Template(template)),
        ]);
        return (Layering.Of([layer]), layer);
    }
}
