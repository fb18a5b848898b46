using Davit.Model;

namespace Davit.Manifest.Yaml;

/// <summary>One file that was read, and the part it plays in the load.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Shown">Relative to the app directory where it lies below it.</param>
/// <param name="Part">How its values came into the model.</param>
/// <param name="Via">The same for people, for example <c>included by compose.yaml</c>.</param>
internal sealed record SourceFile(string Path, string Shown, OriginKind Part, string Via)
{
    public SourcePosition At(int line, int column) => new(Shown, line, column);
}
