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

    private static Node Tree(byte[] bytes) => DocumentReader.Read("report.json", bytes).Root;

    private static ReportSet Report(string old, string @new) => ReportSet.Of(new ContractReport(
        Comparison.Of(ContractSource.Of("orders.yaml", Encoding.UTF8.GetBytes(old)), ContractSource.Of("orders.yaml", Encoding.UTF8.GetBytes(@new)), new ComparisonOptions(new DateOnly(2027, 1, 31))),
        "git:main:orders.yaml", "orders.yaml", "davit"));
}
