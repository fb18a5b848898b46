using Davit.Contracts.Documents;

namespace Davit.Contracts;

/// <summary>One side of a comparison: a file and those it refers to. Nothing is read but through <paramref name="Read"/>.</summary>
/// <param name="Path">The file to begin with, from the root of the contract, with forward slashes.</param>
/// <param name="Read">Gives the bytes of a file by its path from the root; null where there is none.</param>
public sealed record ContractSource(string Path, Func<string, byte[]?> Read)
{
    private Document? _main;

    /// <summary>Where the root lies, from the working directory; empty where it is that.</summary>
    public string Directory { get; init; } = "";

    /// <summary>As in <see cref="ComparisonOptions.Fetch"/>.</summary>
    internal Func<Uri, byte[]?>? Fetch { get; init; }

    /// <summary>A contract that is one file.</summary>
    public static ContractSource Of(string path, byte[] bytes) => new(path, asked => asked == path ? bytes : null);

    /// <summary>The file to begin with as JSON or YAML, read once; its format is told by it before it is compared.</summary>
    internal Document Main(byte[] bytes) => _main ??= DocumentReader.Read(Path, bytes);
}
