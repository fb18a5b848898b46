using System.Text;
using Davit.Manifest.Loading;
using Davit.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Davit.Manifest.Yaml;

/// <summary>
/// Turns the bytes of one file into trees with places, one per document. Works on parser events and stops at the
/// first limit, so an alias bomb ends before it unfolds.
/// </summary>
internal static class YamlReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static List<Node> Read(SourceFile file, byte[] bytes, FaultSink faults)
    {
        if (Decode(file, bytes, faults) is not { } text)
            return [];

        var parser = new Parser(new StringReader(text));
        try
        {
            return Documents(file, parser);
        }
        catch (YamlFaultException fault)
        {
            faults.Error(fault.Code, fault.Message, file.At(fault.Line, fault.Column));
        }
        catch (YamlException error)
        {
            faults.Error(ManifestProblems.YamlSyntax, Sentence(error), Tab(file, text, error) ?? file.At((int)error.Start.Line, (int)error.Start.Column));
        }

        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The parser answers some malformed text this way instead of with its own exception.
            var at = parser.Current?.End ?? new Mark(1, 1, 1);
            faults.Error(ManifestProblems.YamlSyntax, "the YAML is not well-formed after this place", file.At((int)at.Line, (int)at.Column));
        }

        return [];
    }

    private static string? Decode(SourceFile file, byte[] bytes, FaultSink faults)
    {
        if (bytes.Length > YamlLimits.Bytes)
        {
            faults.Error(ManifestProblems.TooLarge, $"the file is larger than {YamlLimits.Bytes / 1024} KiB", file.At(1, 1));
            return null;
        }

        try
        {
            var text = Strict.GetString(bytes.AsSpan(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0));
            if (text.IndexOf('\0', StringComparison.Ordinal) is var at && at < 0)
                return text;

            faults.Error(ManifestProblems.YamlEncoding, "the file holds a NUL character", Place(file, text, at));
            return null;
        }
        catch (DecoderFallbackException broken)
        {
            var before = Encoding.Latin1.GetString(bytes, 0, Math.Max(0, broken.Index));
            faults.Error(ManifestProblems.YamlEncoding, "the file is not valid UTF-8", Place(file, before, before.Length));
            return null;
        }
    }

    private static SourcePosition Place(SourceFile file, string text, int at)
    {
        var line = text.AsSpan(0, at).Count('\n') + 1;
        return file.At(line, at - text.LastIndexOf('\n', Math.Max(0, at - 1), Math.Max(0, at)));
    }

    /// <summary>The tab itself, where the parser only says which mapping it is in.</summary>
    private static SourcePosition? Tab(SourceFile file, string text, YamlException error)
    {
        if (!error.Message.Contains("tab", StringComparison.OrdinalIgnoreCase))
            return null;
        var lines = text.Split('\n');
        for (var i = Math.Max(0, (int)error.Start.Line - 1); i < lines.Length; i++)
        {
            var column = lines[i].AsSpan().IndexOfAnyExcept(' ');
            if (column >= 0 && lines[i][column] is '\t')
                return file.At(i + 1, column + 1);
        }

        return null;
    }

    private static List<Node> Documents(SourceFile file, Parser parser)
    {
        var documents = new List<Node>();
        while (parser.MoveNext())
        {
            if (parser.Current is DocumentStart)
            {
                parser.MoveNext();
                documents.Add(new TreeBuilder(file, parser).Value(1));
            }
        }

        return documents;
    }

    private static string Sentence(YamlException error)
    {
        var message = error.InnerException is YamlException inner ? inner.Message : error.Message;
        return string.IsNullOrWhiteSpace(message) ? "the YAML is not well-formed" : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
    }
}
