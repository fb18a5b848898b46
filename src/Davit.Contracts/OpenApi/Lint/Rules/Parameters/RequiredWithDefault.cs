using Davit.Contracts.Documents;

namespace Davit.Contracts.OpenApi.Lint.Rules.Parameters;

internal sealed class RequiredWithDefault : ILintRule
{
    public static LintFact Fact { get; } = LintFact.Warning("required-with-default", "A default is given for what must always be there, so it is never used.", "Remove the default, or no longer require it.", Part.Parameter, Part.Schema);

    public static Fault? Judge(Spot spot) => Unused(spot) is { Exists: true } unused ? unused.Is("the default is never used, since a value is required") : null;

    private static Node Unused(Spot spot)
    {
        if (spot.Part is Part.Parameter)
            return spot["required"].Boolean is true ? spot.Context.Resolve(spot["schema"])["default"] : default;
        foreach (var name in spot["required"].Children)
        {
            if (name.Text is { } text && spot.Context.Resolve(spot["properties"][text])["default"] is { Exists: true } unused)
                return unused;
        }

        return default;
    }
}
