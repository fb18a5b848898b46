using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV4: the API and the store.</summary>
public static class ApiProblems
{
    private static readonly ProblemCode WrongKindOfId = new("DV4005", "id-wrong-kind", "The id names another kind of thing", 422);
    private static readonly ProblemCode MalformedId = new("DV4006", "id-malformed", "This is not an id", 422);

    public static ImmutableArray<ProblemCode> All { get; } = [WrongKindOfId, MalformedId];

    public static Problem BadId(string text, string prefix) => text.IndexOf('_', StringComparison.Ordinal) is 3 && text[..3] != prefix && text.Length is 36
        ? new(WrongKindOfId, $"'{text}' is not an id of kind '{prefix}_'. Nothing was changed.", "Check the id with 'davit describe " + text + "'.")
        : new(MalformedId, $"'{Shorten(text)}' is not an id. Nothing was changed.", $"Ids look like {prefix}_ and 32 hexadecimal digits; list them with --json.");

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
