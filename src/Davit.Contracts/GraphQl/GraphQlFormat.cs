using System.Collections.Frozen;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Formats;
using Davit.Contracts.GraphQl.Introspection;
using Davit.Contracts.GraphQl.Model;
using Davit.Contracts.GraphQl.Pairs;
using Davit.Contracts.GraphQl.Rules;
using Davit.Contracts.GraphQl.Sdl;
using Davit.Contracts.GraphQl.Walk;
using Davit.Contracts.Profiles;

namespace Davit.Contracts.GraphQl;

/// <summary>GraphQL schemas: as SDL, or as the answer to an introspection query.</summary>
internal sealed class GraphQlFormat : IContractFormat
{
    private static readonly FrozenSet<string> Definitions = FrozenSet.ToFrozenSet(["type", "interface", "union", "enum", "input", "scalar"], StringComparer.Ordinal);

    public string Name => "graphql";

    public IEnumerable<RuleSpec> Rules => GraphQlRules.All;

    public bool Knows(string path, byte[] bytes, Node root) => IntrospectionReader.Find(root).Exists || IsSdl(path, bytes);

    public IEnumerable<Finding> Compare(ContractSource old, ContractSource @new, ComparisonOptions options, Profile profile)
    {
        var schemas = new SchemaPair(Read(old), Read(@new), options.Today);
        var sink = new FindingSink();
        new SchemaWalk(schemas, sink).Run();
        return Telling.Apply(options.GraphQl, profile.Judge(sink.Findings, options), schemas.Old);
    }

    private static Schema Read(ContractSource source)
    {
        var bytes = source.Read(source.Path) ?? throw new UnreadableException(UnreadableCodes.Unresolved, $"there is no file '{source.Path}'");
        return IsSdl(source.Path, bytes)
            ? SdlReader.Read(source.Path, bytes, ReadLimits.Default)
            : IntrospectionReader.Read(IntrospectionReader.Find(source.Main(bytes).Root));
    }

    /// <summary>Its first definition tells: other formats begin otherwise, or go on otherwise. Of a schema that is still empty only the name can tell.</summary>
    private static bool IsSdl(string path, byte[] bytes)
    {
        try
        {
            var words = new TokenCursor(new SourceText(path, bytes), ReadLimits.Default);
            if (words.IsAtEnd)
                return path.EndsWith(".graphql", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".graphqls", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".gql", StringComparison.OrdinalIgnoreCase);
            if (words.Current.Kind is TokenKind.String)
                words.Take();
            var isExtension = words.TryTakeWord("extend");
            if (words.TryTakeWord("schema"))
                return words.Current.Is("{") || words.Current.Is("@");
            if (!isExtension && words.TryTakeWord("directive"))
                return words.Current.Is("@");
            return words.Current.Kind is TokenKind.Name && Definitions.Contains(words.Take().Text) && words.Current.Kind is TokenKind.Name;
        }
        catch (UnreadableException)
        {
            return false;
        }
    }
}
