using System.Text;
using System.Text.Json;
using Davit.Cli.Contracts.Protobuf;
using Davit.Contracts;
using Davit.Contracts.Documents;

namespace Davit.Corpora;

/// <summary>The compiled sides of pairs; each directory is compiled once.</summary>
internal sealed class BufSides(string folder)
{
    private readonly Dictionary<string, ContractSource> _compiled = new(StringComparer.Ordinal);

    public ContractSource Read(string pair, string side, BufSettings settings)
    {
        var directory = Path.Combine(folder, pair, side);
        if (settings.IsOwn && Root(directory) is { } root)
            directory = Path.Combine(directory, root);
        if (!_compiled.TryGetValue(directory, out var source))
            _compiled[directory] = source = ProtoInput.FromDisk(directory, directory, CancellationToken.None);
        return source;
    }

    /// <summary>Where the side says that its imports begin; null for the directory itself.</summary>
    private static string? Root(string directory)
    {
        var file = Path.Combine(directory, "buf.yaml");
        return File.Exists(file) && DocumentReader.Read(file, File.ReadAllBytes(file)).Root["build"]["roots"] is { Exists: true } roots ? roots.Children.ToList()[0].Text : null;
    }
}

/// <summary>What a case asks for.</summary>
/// <param name="IsOwn">The configuration is the one that lies beside the files.</param>
internal sealed record BufSettings(ComparisonOptions Options, bool IsOwn)
{
    private static readonly string[] Categories = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"];

    public static BufSettings Of(JsonElement config, bool isOwn)
    {
        var text = config.ValueKind is JsonValueKind.String ? config.GetString()! : "version: v2\n";
        var root = DocumentReader.Read("buf.yaml", Encoding.UTF8.GetBytes(text)).Root;
        var breaking = root["breaking"];
        var use = List(breaking["use"]);
        var profile = use is [var only] && Categories.Contains(only, StringComparer.Ordinal) ? "buf-" + only.ToLowerInvariant().Replace('_', '-') : "buf-file";
        return new BufSettings(new ComparisonOptions(DateOnly.MinValue)
        {
            Profile = profile,
            Protobuf = new ProtobufOptions
            {
                Use = profile is "buf-file" ? use : [],
                Except = List(breaking["except"]),
                Ignore = List(breaking["ignore"]),
                IgnoreOnly = breaking["ignore_only"].Children.ToList().ToDictionary(r => r.Name!, r => (IReadOnlyCollection<string>)List(r), StringComparer.Ordinal),
                IgnoreUnstablePackages = breaking["ignore_unstable_packages"] is { Exists: true, Scalar: "true" },
                RuleSet = root["version"] is { Exists: true } version ? version.Text! : "v1beta1",
            },
        }, isOwn);
    }

    private static List<string> List(Node node) => [.. node.Children.ToList().Select(c => c.Text!)];
}
