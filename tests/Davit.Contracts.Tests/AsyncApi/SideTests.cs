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

    private static string Description(int version, bool isReceived, params string[] messages) => version is 2
        ? Compared.Version2(isReceived ? "publish" : "subscribe", $"{{ oneOf: [{string.Join(", ", messages)}] }}")
        : Compared.Version3(isReceived ? "receive" : "send", string.Join(", ", messages.Select((m, i) => $"m{i}: {m}")));
}
