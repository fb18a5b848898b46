using System.Collections.Immutable;
using System.Text;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.AsyncApi;

/// <summary>What traits are merged into is read elsewhere than where it was written; its references must lead to the same place.</summary>
public sealed class TraitFileTests
{
    private const string Traits = "t: { headers: { properties: { x: { $ref: '#/X' }, y: { $ref: 'parts/y y.yaml#/Y' } } } }\nX: { type: string }";

    [Theory]
    [InlineData("2.6.0", "asyncapi.yaml", "traits/common.yaml")]
    [InlineData("3.0.0", "asyncapi.yaml", "traits/common.yaml")]
    [InlineData("2.6.0", "apis/v1/asyncapi.yaml", "../traits/common.yaml")]
    [InlineData("3.0.0", "apis/v1/asyncapi.yaml", "../traits/common.yaml")]
    public void Traits_may_be_in_another_directory(string version, string path, string traits)
    {
        var directory = traits.StartsWith("..", StringComparison.Ordinal) ? "apis/traits" : "traits";
        ImmutableArray<Finding> Told(string type, string other) => Compare(path, Of(version, traits, "string"), Of(version, traits, type), p => p == $"{directory}/common.yaml" ? Traits : p == $"{directory}/parts/y y.yaml" ? $"Y: {{ type: {other} }}" : null);

        Told("string", "string").ShouldBeEmpty();
        Told("boolean", "string").ShouldContain(f => f.Severity == Severity.Breaking && f.Element.EndsWith("/z", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trait_of_another_machine_keeps_the_whole_address()
    {
        const string Address = "https://contracts.example/traits/common.yaml";
        byte[]? Fetch(Uri uri) => uri.AbsoluteUri switch
        {
            Address => Encoding.UTF8.GetBytes("t: { headers: { properties: { x: { $ref: '#/X' }, y: { $ref: '../y.yaml#/Y' } } } }\nX: { type: string }"),
            "https://contracts.example/y.yaml" => "Y: { type: string }"u8.ToArray(),
            _ => null,
        };

        Compare("asyncapi.yaml", Of("2.6.0", Address, "string"), Of("2.6.0", Address, "string"), _ => null, Fetch).ShouldBeEmpty();
        Compare("asyncapi.yaml", Of("2.6.0", Address, "string"), Of("2.6.0", Address, "boolean"), _ => null, Fetch).ShouldContain(f => f.Severity == Severity.Breaking);
    }

    [Fact]
    public void What_lies_outside_stays_outside()
    {
        const string Leaving = "t: { headers: { properties: { x: { $ref: '../../traits/common.yaml#/X' } } } }\nX: { type: string }";

        Should.Throw<UnreadableException>(() => Compare("asyncapi.yaml", Of("2.6.0", "traits/common.yaml", "string"), Of("2.6.0", "traits/common.yaml", "boolean"), p => p is "traits/common.yaml" ? Leaving : null)).Code.ShouldBe(UnreadableCodes.OutsideRoot);
    }

    private static string Of(string version, string traits, string type)
    {
        var message = $"{{ name: m, traits: [{{ $ref: '{traits}#/t' }}], headers: {{ type: object, properties: {{ z: {{ $ref: '#/components/schemas/Z' }} }} }} }}";
        var channels = version[0] is '2' ? $"{{ c: {{ publish: {{ message: {message} }} }} }}" : $"{{ c: {{ address: c, messages: {{ m: {message} }} }} }}";
        return $"asyncapi: {version}\nchannels: {channels}\ncomponents: {{ schemas: {{ Z: {{ type: {type} }} }} }}";
    }

    private static ImmutableArray<Finding> Compare(string path, string old, string @new, Func<string, string?> others, Func<Uri, byte[]?>? fetch = null)
    {
        ContractSource Source(string text) => new(path, asked => (asked == path ? text : others(asked)) is { } found ? Encoding.UTF8.GetBytes(found) : null);

        return Comparison.Of(Source(old), Source(@new), new ComparisonOptions(Compared.Today) { Fetch = fetch }).Findings;
    }
}
