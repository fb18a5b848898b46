using System.Globalization;
using System.Text;
using System.Xml;
using Davit.Contracts.Findings;

namespace Davit.Contracts.Reports;

/// <summary>JUnit XML, which CI systems show as tests: what breaks is a failed test, all else one that passed.</summary>
public static class JUnitReport
{
    /// <summary>Writes the report as one XML document, UTF-8.</summary>
    public static void Write(Stream to, ContractReport report)
    {
        using var xml = XmlWriter.Create(to, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        var count = report.Comparison.Findings.Length.ToString(CultureInfo.InvariantCulture);
        var failures = report.Count(Severity.Breaking).ToString(CultureInfo.InvariantCulture);
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", $"{report.Old} to {report.New}");
        xml.WriteAttributeString("tests", count);
        xml.WriteAttributeString("failures", failures);
        xml.WriteAttributeString("errors", "0");
        foreach (var finding in report.Comparison.Findings)
            Case(xml, finding);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, Finding finding)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", finding.Rule.Id);
        xml.WriteAttributeString("name", Printable($"{Words.Sentence(finding)} [{finding.Fingerprint}]"));
        if ((finding.New ?? finding.Old)?.Position is { } position)
        {
            xml.WriteAttributeString("file", Printable(position.File));
            xml.WriteAttributeString("line", position.Line.ToString(CultureInfo.InvariantCulture));
        }

        if (finding.Severity is Severity.Breaking)
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
