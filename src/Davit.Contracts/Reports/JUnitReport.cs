using System.Globalization;
using System.Text;
using System.Xml;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>JUnit XML, which CI systems show as tests: what breaks is a failed test, what is permitted one that was skipped, all else one that passed.
/// The form is that of the schema of Jenkins, which has no attributes for places: they stand in the text of a failure.</summary>
public static class JUnitReport
{
    /// <summary>Writes the report as one XML document, UTF-8.</summary>
    public static void Write(Stream to, ReportSet report)
    {
        using var xml = XmlWriter.Create(to, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartElement("testsuites");
        foreach (var contract in report.Contracts)
            Suite(xml, contract);
        xml.WriteEndElement();
    }

    private static void Suite(XmlWriter xml, ContractReport report)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Printable(report.IsOfOne() ? report.New : $"{report.Old} to {report.New}"));
        xml.WriteAttributeString("tests", report.Comparison.Findings.Length.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", report.Count(Severity.Breaking).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", report.Waived.ToString(CultureInfo.InvariantCulture));
        foreach (var finding in report.Comparison.Findings)
            Case(xml, finding);
        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, Finding finding)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", finding.Rule.Id);
        xml.WriteAttributeString("name", Printable($"{Words.Sentence(finding)} [{finding.Fingerprint}]"));
        if (finding.Waiver is { } waiver)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", Printable($"waived {Words.Waived(waiver)}"));
            xml.WriteEndElement();
        }
        else if (finding.Severity is Severity.Breaking)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Printable(finding.Text));
            xml.WriteAttributeString("type", finding.Rule.Id);
            xml.WriteString(Printable(string.Join('\n', Words.Places(finding))));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>XML 1.0 has no place for most control characters, escaped or not.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));
}
