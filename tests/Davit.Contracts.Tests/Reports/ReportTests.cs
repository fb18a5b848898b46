using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Davit.Contracts.Documents;
using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Validation;
using Davit.Contracts.JsonSchemas.Values;
using Davit.Contracts.Reports;
using Davit.Testing;

namespace Davit.Contracts.Tests.Reports;

public sealed class ReportTests
{
    private const string Old = """
        openapi: 3.1.0
        info: { title: Orders, version: 1.0.0 }
        paths:
          /orders/{id}:
            get:
              parameters:
                - { name: id, in: path, required: true, schema: { type: string } }
              responses:
                '200':
                  description: An order
                  content:
                    application/json:
                      schema:
                        type: object
                        properties:
                          "a|b @team <b>": { type: string }
                          total: { type: integer, maximum: 10 }
        """;

    private const string New = """
        openapi: 3.1.0
        info: { title: Orders, version: 1.0.0 }
        paths:
          /orders/{id}:
            get:
              parameters:
                - { name: id, in: path, required: true, schema: { type: string } }
                - { name: tenant, in: query, required: true, schema: { type: string } }
              responses:
                '200':
                  description: An order
                  content:
                    application/json:
                      schema:
                        type: object
                        properties:
                          total: { type: integer, maximum: 20 }
        """;

    public static TheoryData<string> Forms => [.. ReportForm.Names];

    [Theory]
    [InlineData("github", "file=api/orders.yaml,")]
    [InlineData("gitlab", "\"path\": \"api/orders.yaml\"")]
    [InlineData("sarif", "\"uri\": \"api/orders.yaml\"")]
    [InlineData("json", "\"file\": \"orders.yaml\"")]
    [InlineData("text", " orders.yaml:")]
    public void Forges_are_told_where_files_are_in_the_repository(string form, string expected)
    {
        var report = Report(Old, New);

        ReportForm.Render(form, report with { Contracts = [report.Contracts[0] with { NewDirectory = "api" }] }).ShouldContain(expected);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_report_looks_like_this(string form) => Snapshot.Match(ReportForm.Render(form, Report(Old, New)), form);

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_report_about_nothing_is_well_formed(string form)
    {
        var text = ReportForm.Render(form, Report(Old, Old));

        if (form is "json" or "sarif" or "gitlab")
            JsonDocument.Parse(text).Dispose();
        if (form is "junit")
            XDocument.Parse(text).Root!.Name.LocalName.ShouldBe("testsuites");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_same_contracts_give_the_same_bytes(string form) =>
        ReportForm.Render(form, Report(Old, New)).ShouldBe(ReportForm.Render(form, Report(Old, New)));

    [Theory]
    [InlineData("", Old, New)]
    [InlineData("", Old, Old)]
    [InlineData("main", Old, New)]
    [InlineData("", New, Old)]
    public void The_report_for_programs_keeps_to_its_schema(string against, string old, string @new)
    {
        var report = Report(old, @new) with { Against = against };
        var schema = SchemaLoader.Read(Tree(File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "contracts", "report.schema.json"))), new SchemaIds()).Root;
        var accepts = (string text) => new SchemaValidator().Accepts(schema, JsonValue.Of(Tree(Encoding.UTF8.GetBytes(text))));

        accepts(ReportForm.Render("json", report)).ShouldBe(true);
        accepts(ReportForm.Render("json", report).Replace("\"profile\"", "\"profil\"", StringComparison.Ordinal)).ShouldBe(false);
    }

    /// <summary>A fault that two files share is there twice, whatever a forge makes of equal ones; a change is one.</summary>
    [Fact]
    public void Contracts_that_were_judged_by_themselves_are_told_apart()
    {
        var report = new ReportSet([Judged("a.yaml"), Judged("b.yaml")], "");

        Accepts(report).ShouldBe(true);
        Values(ReportForm.Render("gitlab", report), "fingerprint").Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        Values(ReportForm.Render("sarif", report), "davit/v1").ShouldBe(Values(ReportForm.Render("gitlab", report), "fingerprint"));
        ReportForm.Render("text", report).ShouldContain("\nb.yaml (openapi)\nerror ");
        ReportForm.Render("text", report).ShouldEndWith("2 errors, 0 warnings, 0 notes\n");
        ReportForm.Render("markdown", report).ShouldStartWith("### 2 errors\n\n`a.yaml`\n");
        XDocument.Parse(ReportForm.Render("junit", report)).Root!.Elements().Select(s => (string?)s.Attribute("name")).ShouldBe(["a.yaml", "b.yaml"]);
    }

    private static List<string> Values(string json, string name) => [.. json.Split('\n').Where(l => l.Contains($"\"{name}\": ", StringComparison.Ordinal)).Select(l => l.Split('"')[3])];

    private static bool? Accepts(ReportSet report) => new SchemaValidator().Accepts(
        SchemaLoader.Read(Tree(File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "contracts", "report.schema.json"))), new SchemaIds()).Root,
        JsonValue.Of(Tree(Encoding.UTF8.GetBytes(ReportForm.Render("json", report)))));

    private static ContractReport Judged(string file) => new(
        new Comparison("openapi", ContractLinting.Of(ContractSource.Of(file, "openapi: 3.1.0\ninfo: { title: T }\npaths: {}\n"u8.ToArray()), new ComparisonOptions(new DateOnly(2027, 1, 31)) { Profile = "oasdiff" })),
        "", file, "oasdiff");

    private static Node Tree(byte[] bytes) => DocumentReader.Read("report.json", bytes).Root;

    private static ReportSet Report(string old, string @new) => ReportSet.Of(new ContractReport(
        Comparison.Of(ContractSource.Of("orders.yaml", Encoding.UTF8.GetBytes(old)), ContractSource.Of("orders.yaml", Encoding.UTF8.GetBytes(@new)), new ComparisonOptions(new DateOnly(2027, 1, 31))),
        "git:main:orders.yaml", "orders.yaml", "davit"));
}
