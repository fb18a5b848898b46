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
    /// <summary>Files that are JSON or YAML, or broken.</summary>
    private static readonly string[] Trees = [".json", ".yaml", ".yml", ".avsc"];

    private static readonly ProtobufFormat Protobuf = new();

    public static ImmutableArray<IContractFormat> All { get; } = [new OpenApiFormat(), new AsyncApiFormat(), new AvroFormat(), new JsonSchemaFormat(), new GraphQlFormat(), Protobuf];

    /// <summary>The format of a contract, and the version it gives itself.</summary>
    /// <param name="named">The format that it is to be; null when it tells itself.</param>
    /// <exception cref="UnreadableException">None of them knows the file, or there is no such file.</exception>
    /// <exception cref="ArgumentException">There is no format of that name.</exception>
    public static (IContractFormat Format, string? Version) Of(ContractSource source, string? named = null)
    {
        var bytes = source.Read(source.Path) ?? throw new UnreadableException(UnreadableCodes.Unresolved, $"there is no file '{source.Path}'");
        // It is binary, so that it cannot be looked at as text, and it may be larger than any text.
        if (named is null or "protobuf" && DescriptorSet.IsOne(bytes))
            return (Protobuf, null);
        var root = Tree(source, bytes);
        var format = named is null ? Told(source.Path, bytes, root) : Named(named, source.Path, bytes, root);
        return (format, format.VersionOf(root));
    }

    private static IContractFormat Told(string path, byte[] bytes, Node root) => All.FirstOrDefault(f => f.Knows(path, bytes, root))
        ?? throw new UnreadableException(UnreadableCodes.Format, $"what kind of contract '{path}' is cannot be told; these are known: {string.Join(", ", All.Select(f => f.Name))}");

    private static IContractFormat Named(string name, string path, byte[] bytes, Node root)
    {
        var format = All.FirstOrDefault(f => f.Name == name) ?? throw new ArgumentException($"There is no format '{name}'.", nameof(name));
        return format.MayBe(path, bytes, root) ? format : throw new UnreadableException(UnreadableCodes.Format, $"'{path}' cannot be read as {name}");
    }

    private static Node Tree(ContractSource source, byte[] bytes)
    {
        try
        {
            return source.Main(bytes).Root;
        }
        catch (UnreadableException notATree) when (notATree.Code is UnreadableCodes.Syntax)
        {
            if (bytes.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..] || Trees.Contains(Path.GetExtension(source.Path), StringComparer.OrdinalIgnoreCase))
                throw;
            return default;
        }
    }
}
