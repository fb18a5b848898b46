using Davit.Contracts.Findings;

namespace Davit.Contracts.Tests.AsyncApi;

/// <summary>Who is hit by an edit follows from who sends the message.</summary>
public sealed class SideTests
{
    private const string Small = "{ name: Placed, payload: { type: object, properties: { n: { type: integer, maximum: 5 } } } }";
    private const string Large = "{ name: Placed, payload: { type: object, properties: { n: { type: integer, maximum: 9 } } } }";
    private const string Other = "{ name: Cancelled, payload: { type: object } }";

    public static TheoryData<int, bool, bool, string, string> Cells()
    {
        var cells = new TheoryData<int, bool, bool, string, string>();
        foreach (var version in (int[])[2, 3])
        {
            foreach (var isReceived in (bool[])[true, false])
            {
                foreach (var isOfClient in (bool[])[false, true])
                {
                    var isRequest = isReceived != isOfClient;
                    cells.Add(version, isReceived, isOfClient, "add", isRequest ? "Note aas-message-added" : "Warning aas-message-added");
                    cells.Add(version, isReceived, isOfClient, "remove", isRequest ? "Breaking aas-message-removed" : "Note aas-message-removed");
                    cells.Add(version, isReceived, isOfClient, "narrow", isRequest ? "Breaking aas-payload-max-decreased" : "Note aas-payload-max-decreased");
                    cells.Add(version, isReceived, isOfClient, "widen", isRequest ? "Note aas-payload-max-increased" : "Breaking aas-payload-max-increased");
                }
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void An_edit_hits_the_one_who_sends_or_the_one_who_reads(int version, bool isReceived, bool isOfClient, string edit, string expected)
    {
        var (old, @new) = edit switch
        {
            "add" => (Description(version, isReceived, Small), Description(version, isReceived, Small, Other)),
            "remove" => (Description(version, isReceived, Small, Other), Description(version, isReceived, Small)),
            "narrow" => (Description(version, isReceived, Large), Description(version, isReceived, Small)),
            _ => (Description(version, isReceived, Small), Description(version, isReceived, Large)),
        };

        var finding = Compared.Descriptions(old, @new, options: new AsyncApiOptions { IsOfClient = isOfClient }).ShouldHaveSingleItem();

        $"{finding.Severity} {finding.Rule.Id}".ShouldBe(expected);
        finding.Operation.ShouldBe(isReceived ? "RECEIVE" : "SEND");
        finding.Path.ShouldBe("orders");
        finding.Rule.Side.ShouldBe(isReceived != isOfClient ? Side.Request : Side.Response);
        (finding.Witness is not null).ShouldBe(expected.StartsWith("Breaking aas-payload", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("receive", "Small", "Large", "Breaking aas-payload-max-increased")]
    [InlineData("receive", "Large", "Small", "Note aas-payload-max-decreased")]
    [InlineData("send", "Small", "Large", "Note aas-payload-max-increased")]
    [InlineData("send", "Large", "Small", "Breaking aas-payload-max-decreased")]
    public void A_reply_goes_the_other_way(string action, string old, string @new, string expected)
    {
        static string Of(string action, string size) => Compared.Version3(action, $"Placed: {Other}", $"Answer: {(size is "Small" ? Small : Large)}");

        var finding = Compared.Descriptions(Of(action, old), Of(action, @new)).ShouldHaveSingleItem();

        $"{finding.Severity} {finding.Rule.Id}".ShouldBe(expected);
        finding.Element.ShouldStartWith("reply message");
    }

    /// <summary>A schema that excludes nothing says as much as none.</summary>
    [Theory]
    [InlineData("publish", "payload: {}", "payload: { type: string }", "Breaking aas-message-payload-added")]
    [InlineData("publish", "payload: true", "payload: { type: string }", "Breaking aas-message-payload-added")]
    [InlineData("publish", "payload: { type: string }", "payload: {}", "Note aas-message-payload-removed")]
    [InlineData("subscribe", "payload: {}", "payload: { type: string }", "Note aas-message-payload-added")]
    [InlineData("subscribe", "payload: { type: string }", "payload: true", "Breaking aas-message-payload-removed")]
    [InlineData("publish", "headers: {}", "headers: { type: object, required: [a] }", "Breaking aas-message-headers-added")]
    [InlineData("subscribe", "headers: { type: object, required: [a] }", "headers: true", "Breaking aas-message-headers-removed")]
    public void A_schema_in_the_place_of_one_that_takes_anything(string verb, string old, string @new, string expected)
    {
        var finding = Compared.Descriptions(Compared.Version2(verb, $"{{ name: m, {old} }}"), Compared.Version2(verb, $"{{ name: m, {@new} }}")).ShouldHaveSingleItem();

        $"{finding.Severity} {finding.Rule.Id}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("title: t", "title: t, payload: {}")]
    [InlineData("payload: {}", "payload: true")]
    public void Two_that_take_anything_are_the_same(string old, string @new) =>
        Compared.Descriptions(Compared.Version2("publish", $"{{ name: m, {old} }}"), Compared.Version2("publish", $"{{ name: m, {@new} }}")).ShouldBeEmpty();

    [Fact]
    public void Names_of_parameters_may_be_swapped()
    {
        static string Of(string address, string a, string b) => $"asyncapi: 2.6.0\nchannels: {{ '{address}': {{ parameters: {{ a: {{ schema: {a} }}, b: {{ schema: {b} }} }}, publish: {{ message: {{ name: m }} }} }} }}";

        Compared.Descriptions(Of("x/{a}/{b}", "{ type: string }", "{ type: integer }"), Of("x/{b}/{a}", "{ type: integer }", "{ type: string }")).ShouldBeEmpty();
        Compared.Descriptions(Of("x/{a}/{b}", "{ type: string }", "{ type: integer }"), Of("x/{b}/{a}", "{ type: integer }", "{ type: boolean }")).ShouldHaveSingleItem().Element.ShouldStartWith("parameter 'b'");
    }

    private static string Description(int version, bool isReceived, params string[] messages) => version is 2
        ? Compared.Version2(isReceived ? "publish" : "subscribe", $"{{ oneOf: [{string.Join(", ", messages)}] }}")
        : Compared.Version3(isReceived ? "receive" : "send", string.Join(", ", messages.Select((m, i) => $"m{i}: {m}")));
}
