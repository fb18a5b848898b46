using Davit.Contracts;

namespace Davit.Cli.Contracts;

/// <summary>Which files of a repository may be contracts, by name and by how they begin.</summary>
internal static class ContractNames
{
    private const int Looked = 64 << 10;

    private static readonly string[] Trees = [".json", ".yaml", ".yml"];
    private static readonly string[] Others = [".graphql", ".graphqls", ".gql", ".avsc"];
    private static readonly string[] Elsewhere = ["node_modules", "vendor", "bower_components", "bin", "obj", "target", "dist", "build", "artifacts"];

    public static bool IsCandidate(string path) =>
        Trees.Concat(Others).Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && !path.Split('/')[..^1].Intersect(Elsewhere, StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>The name alone says so.</summary>
    private static bool IsNamed(string path)
    {
        var name = Path.GetFileName(path);
        return Others.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) || name.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase)
            || ((string[])["openapi", "swagger", "asyncapi"]).Any(w => name.StartsWith(w, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>It is there, and its name or its beginning says what it is. One that cannot be read is no less a contract.</summary>
    public static bool IsContract(ContractSource source) => source.Read(source.Path) is { } bytes && (IsNamed(source.Path) || Declares(bytes)) && ContractKind.IsOne(source);

    /// <summary>The first 64 KiB name the format.</summary>
    private static bool Declares(byte[] bytes) => FormatDeclaration.IsIn(System.Text.Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, Looked))));

    /// <summary>A contract may refer to it.</summary>
    public static bool MayBePart(string path) => Trees.Concat(Others).Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
