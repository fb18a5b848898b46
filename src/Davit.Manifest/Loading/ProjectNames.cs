using Davit.Manifest.Interpolation;
using Davit.Manifest.Sources;
using Davit.Manifest.Yaml;
using Davit.Model;

namespace Davit.Manifest.Loading;

/// <summary>Finds the project's name: given, from the environment, from a file, or from the directory.</summary>
/// <param name="session">The load.</param>
/// <param name="scope">The variables a name may use.</param>
/// <param name="preferred">The name a manifest gives, below one the caller gives.</param>
internal sealed class ProjectNames(LoadSession session, VariableScope scope, string? preferred = null)
{
    public string? Choose(IReadOnlyList<SourceFile> files, string directory)
    {
        var before = session.Faults.ErrorCount;
        var inFiles = files.Select(NameIn).Where(n => n is { Text.Length: > 0 }).LastOrDefault();
        if (session.Faults.ErrorCount > before)
            return null;
        if (Imperative() is { } given)
            return Valid(given);
        if (inFiles is null)
            return Normalize(GoPath.Name(directory)) is { Length: > 0 } usual ? usual : Empty(null);

        var filled = new Interpolator(scope, session.Policy, session.Faults).Text(inFiles, "name");
        if (session.Faults.ErrorCount > before)
            return null;
        return Normalize(filled) is { Length: > 0 } name ? name : Empty(inFiles.At);
    }

    /// <summary>Lower case letters, digits, <c>-</c> and <c>_</c>, starting with a letter or digit; everything else is left out.</summary>
    public static string Normalize(string name) =>
        new string([.. name.ToLowerInvariant().Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')]).TrimStart('-', '_');

    private string? Imperative()
    {
        if (session.Request.ProjectName is { Length: > 0 } given)
            return given;
        if (preferred is not null)
            return preferred;
        return !session.IsStrict && scope["COMPOSE_PROJECT_NAME"] is { Length: > 0 } name ? name : null;
    }

    private string? Valid(string name)
    {
        if (Normalize(name) == name)
            return name;
        session.Faults.Error(ManifestProblems.NameInvalid, $"'{name}' cannot be a project name: lower-case letters, digits, '-' and '_', starting with a letter or digit", null, "name");
        return null;
    }

    private string? Empty(SourcePosition? at)
    {
        session.Faults.Error(ManifestProblems.NameInvalid, "the project name is empty", at, "name");
        return null;
    }

    private ScalarNode? NameIn(SourceFile file)
    {
        if (session.Peek(file) is not { } documents)
            return null;
        ScalarNode? found = null;
        foreach (var document in documents.OfType<MapNode>())
        {
            switch (document["name"])
            {
                case ScalarNode { Kind: ScalarKind.Text } name:
                    found = name;
                    break;
                case null or ScalarNode { Kind: ScalarKind.Null }:
                    break;
                case var other:
                    session.Faults.Error(ManifestProblems.WrongType, "name must be text", other.At, "name");
                    break;
            }
        }

        return found;
    }
}
