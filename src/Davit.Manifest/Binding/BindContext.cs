using Davit.Manifest.Loading;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Binding;

/// <summary>Turns one value into its canonical form, or into nothing when it says the same as its absence.</summary>
internal delegate Node? Codec(Node value, BindContext at);

/// <summary>Where a codec is at work.</summary>
internal sealed record BindContext(FaultSink Faults, string Path)
{
    public BindContext Below(string key) => this with { Path = Path.Length is 0 ? key : $"{Path}.{key}" };

    public BindContext Item(int index) => this with { Path = $"{Path}[{index}]" };

    public Node? Refuse(Node value, string message)
    {
        if (value is not ScalarNode { Kind: ScalarKind.Unknown })
            Faults.Error(ManifestProblems.ValueInvalid, $"{Path} {message}", value.At, Path);
        return null;
    }
}
