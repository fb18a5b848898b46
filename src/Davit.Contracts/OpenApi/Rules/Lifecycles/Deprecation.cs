using System.Globalization;
using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Model;
using Davit.Contracts.OpenApi.Pairs;
using Davit.Contracts.Rules;

namespace Davit.Contracts.OpenApi.Rules.Lifecycles;

/// <summary>What is said of an element that was marked as deprecated, or whose mark was taken away.</summary>
internal static class Deprecation
{
    public sealed record Specs(RuleSpec Deprecated, RuleSpec WithSunset, RuleSpec SunsetMissing, RuleSpec SunsetUnreadable, RuleSpec SunsetTooSmall, RuleSpec Reactivated);

    public static Verdict? Judge(Lifecycle old, Lifecycle now, OperationPair operation, Specs specs, string what) =>
        Judge(now, operation, specs, what)?.At(now.IsDeprecated ? default : old.DeprecatedNode, now.DeprecatedNode);

    private static Verdict? Judge(Lifecycle now, OperationPair operation, Specs specs, string what)
    {
        if (!now.IsDeprecated)
            return specs.Reactivated.Says($"{what} is not deprecated any more");
        if (operation.New!.Lifecycle.IsStabilityUnknown)
            return null;
        var notice = operation.Of.Settings.Notice(operation.New.Lifecycle);
        if (!now.HasSunset)
            return notice > 0 ? specs.SunsetMissing.Says($"{what} is deprecated, and no end date is given") : specs.Deprecated.Says($"{what} is deprecated now");
        if (now.Sunset is not { } sunset)
            return specs.SunsetUnreadable.Says($"{what} is deprecated, and its end date cannot be read; a date looks like 2027-01-31");
        return sunset.DayNumber - operation.Of.Settings.Today.DayNumber < notice
            ? specs.SunsetTooSmall.Says($"{what} ends on {sunset.ToString("O", CultureInfo.InvariantCulture)}, which is less than {notice} days ahead")
            : specs.WithSunset.Says($"{what} is deprecated now and ends on {sunset.ToString("O", CultureInfo.InvariantCulture)}");
    }
}
