using System.Buffers;
using System.Text.Json;

namespace Davit.Contracts.Documents;

/// <summary>Reads JSON, RFC 8259.</summary>
internal static class JsonDocumentReader
{
    public static Document Read(SourceText source, ReadLimits limits)
    {
        var skipped = source.Bytes.AsSpan().StartsWith(Utf8.Mark) ? Utf8.Mark.Length : 0;
        var builder = new DocumentBuilder(source, limits);
        var reader = new Utf8JsonReader(source.Bytes.AsSpan(skipped), new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            Read(ref reader, builder, skipped);
        }
        catch (JsonException error)
        {
            throw new UnreadableException(UnreadableCodes.Syntax, Sentence(error), Place(source, error), error);
        }
        catch (InvalidOperationException error)
        {
            // An escape that stands for half a character.
            var at = skipped + (int)reader.TokenStartIndex;
            throw new UnreadableException(UnreadableCodes.Syntax, "an escape stands for half a character", source.Between(at, at), error);
        }

        return builder.Build();
    }

    private static void Read(ref Utf8JsonReader reader, DocumentBuilder builder, int skipped)
    {
        var buffer = ArrayPool<char>.Shared.Rent(4096);
        while (reader.Read())
        {
            var start = skipped + (int)reader.TokenStartIndex;
            var end = skipped + (int)reader.BytesConsumed;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    builder.Open(NodeKind.Object, start);
                    break;
                case JsonTokenType.StartArray:
                    builder.Open(NodeKind.Array, start);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    builder.Close(end);
                    break;
                case JsonTokenType.PropertyName:
                    if (reader.ValueSpan.Length > buffer.Length)
                        buffer = new char[reader.ValueSpan.Length];
                    builder.Name(buffer.AsSpan(0, reader.CopyString(buffer)), start);
                    break;
                case JsonTokenType.String:
                    builder.Scalar(NodeKind.String, start, end, reader.ValueIsEscaped ? reader.GetString() : null);
                    break;
                case JsonTokenType.Number:
                    builder.Scalar(NodeKind.Number, start, end);
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    builder.Scalar(NodeKind.Boolean, start, end);
                    break;
                case JsonTokenType.Null:
                    builder.Scalar(NodeKind.Null, start, end);
                    break;
            }
        }
    }

    /// <summary>What the reader says, without the place that it repeats at the end.</summary>
    private static string Sentence(JsonException error)
    {
        var text = error.Message;
        var place = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (place < 0 ? text : text[..place]).TrimEnd('.');
    }

    private static Position Place(SourceText source, JsonException error)
    {
        var (line, column) = ((int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1);
        return new Position(source.Name, line, column, line, column);
    }
}
