using System.Buffers;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class PathNotKebabCase : ILintRule
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-./{}:~$");

    public static LintFact Fact { get; } = LintFact.Own("path-not-kebab-case", Severity.Note, "A path is not written in small letters with hyphens.", "Write new paths in small letters with hyphens; renaming an old one breaks its consumers.", Part.PathItem);

    public static Fault? Judge(Spot spot) => spot.IsPath && new PathTemplate(spot.Name).Blank.AsSpan().IndexOfAnyExcept(Allowed) >= 0 ? spot.Node.Is($"'{spot.Name}' is not in small letters with hyphens") : null;
}
