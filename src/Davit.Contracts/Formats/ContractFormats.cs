using System.Collections.Immutable;
using Davit.Contracts.AsyncApi;
using Davit.Contracts.Avro;
using Davit.Contracts.Documents;
using Davit.Contracts.GraphQl;
using Davit.Contracts.JsonSchemas;
using Davit.Contracts.OpenApi;
using Davit.Contracts.Protobuf;
using Davit.Contracts.Protobuf.Model;

namespace Davit.Contracts.Formats;

/// <summary>The formats that can be compared.</summary>
internal static class ContractFormats
{
    private static readonly ProtobufFormat Protobuf = new();

    public static ImmutableArray<IContractFormat> All { get; } = [new OpenApiFormat(), new AsyncApiFormat(), new AvroFormat(), new JsonSchemaFormat(), new GraphQlFormat(), Protobuf];

    /// <summary>The format of a contract, and the version it gives itself.</summary>
    /// <exception cref="UnreadableException">None of them knows the file, or there is no such file.</exception>
    public static (IContractFormat Format, string? Version) Of(ContractSource source)
    {
        var bytes = source.Read(source.Path) ?? throw new UnreadableException(UnreadableCodes.Unresolved, $"there is no file '{source.Path}'");
        // It is binary, so that it cannot be looked at as text, and it may be larger than any text.
        if (DescriptorSet.IsOne(bytes))
            return (Protobuf, null);
        var root = Tree(source, bytes);
        var format = All.FirstOrDefault(f => f.Knows(source.Path, bytes, root))
            ?? throw new UnreadableException(UnreadableCodes.Format, $"what kind of contract '{source.Path}' is cannot be told; these are known: {string.Join(", ", All.Select(f => f.Name))}");
        return (format, format.VersionOf(root));
    }

    private static Node Tree(ContractSource source, byte[] bytes)
    {
        try
        {
            return source.Main(bytes).Root;
        }
        catch (UnreadableException notATree) when (notATree.Code is UnreadableCodes.Syntax)
        {
            if (bytes.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..] || source.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || source.Path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || source.Path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
                throw;
            return default;
        }
    }
}
