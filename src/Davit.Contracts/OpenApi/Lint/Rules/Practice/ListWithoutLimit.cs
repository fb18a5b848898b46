using Davit.Contracts.Documents;
using Davit.Contracts.Findings;

namespace Davit.Contracts.OpenApi.Lint.Rules.Practice;

internal sealed class ListWithoutLimit : ILintRule
{
    private static readonly string[] Words = ["limit", "size", "per_page", "perpage", "count", "top", "first", "take", "max"];

    public static LintFact Fact { get; } = LintFact.Own("list-without-limit", Severity.Warning, "An operation answers with a list of any length, and callers cannot ask for less.", "Add a parameter such as limit, or maxItems to the list.", Part.Operation);

    public static Fault? Judge(Spot spot) => spot.IsCall && spot.Name is "get" && !HasLimit(spot) && Unlimited(spot) is { Exists: true } list ? list.Is("the list has no limit") : null;

    private static bool HasLimit(Spot spot) => spot["parameters"].Children.ToList().Concat(spot.Around!["parameters"].Children.ToList()).Select(spot.Context.Resolve)
        .Any(p => p["in"].Text is "query" && Array.Exists(Words, w => p["name"].Text?.Contains(w, StringComparison.OrdinalIgnoreCase) is true));

    private static Node Unlimited(Spot spot)
    {
        foreach (var response in spot["responses"].Children.ToList().Where(r => r.Name is ['2', ..]))
        {
            foreach (var media in spot.Context.Resolve(response)["content"].Children)
            {
                if (spot.Context.Resolve(media["schema"]) is var schema && schema["type"].Text is "array" && !schema["maxItems"].Exists)
                    return media["schema"];
            }
        }

        return default;
    }
}
