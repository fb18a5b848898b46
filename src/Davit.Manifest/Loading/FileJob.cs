using Davit.Manifest.Interpolation;

namespace Davit.Manifest.Loading;

/// <summary>What is to be done with the files of one model: the main one, an included one, or the base of an extends.</summary>
/// <param name="Directory">The absolute base of relative paths.</param>
/// <param name="Scope">The variables its files see.</param>
/// <param name="Included">The chain of files that led here, for telling cycles.</param>
internal sealed record FileJob(string Directory, VariableScope Scope, IReadOnlyList<string> Included)
{
    /// <summary>Only services are wanted: no includes, no extends, no checks.</summary>
    public bool IsBase { get; init; }
}
