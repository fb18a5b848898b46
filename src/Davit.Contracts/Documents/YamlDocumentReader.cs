using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Davit.Contracts.Documents;

/// <summary>Reads YAML 1.2 with the core schema, anchors, aliases and merge keys.</summary>
internal static class YamlDocumentReader
{
    public static Document Read(SourceText source, ReadLimits limits)
    {
        var skipped = source.Bytes.AsSpan().StartsWith(Utf8.Mark) ? Utf8.Mark.Length : 0;
        var text = Encoding.UTF8.GetString(source.Bytes.AsSpan(skipped));
        var tree = new YamlTree(source, new ByteOffsets(text, skipped), limits);
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                throw tree.Fault("the file is empty", parser.Current!);
            tree.Read(parser);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
                throw tree.Fault("a second document begins here; one file holds one contract", second);
        }
        catch (YamlException error)
        {
            throw tree.Fault(Sentence(error), error.Start, error.End, error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The parser answers some malformed text this way instead of with its own exception.
            var at = parser.Current?.End ?? Mark.Empty;
            throw tree.Fault("the YAML is not well-formed after this place", at, at, error);
        }

        return tree.Build();
    }

    /// <summary>What the parser says, without the place that it may repeat at the end.</summary>
    private static string Sentence(YamlException error)
    {
        var text = error.Message;
        var place = text.LastIndexOf(" (at Line:", StringComparison.Ordinal);
        return (place < 0 ? text : text[..place]).TrimEnd('.');
    }
}
