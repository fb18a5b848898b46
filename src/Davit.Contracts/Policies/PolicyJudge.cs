using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Rules;

namespace Davit.Contracts.Policies;

/// <summary>Applies what a team agreed on: the edition, levels, and then what is permitted.</summary>
internal sealed class PolicyJudge(ComparisonOptions options, Edition edition, DocumentMarks marks)
{
    /// <summary>A permission that covers more was hardly meant.</summary>
    private const int MostFindings = 50;

    private readonly Dictionary<Waiver, int> _used = [];
    private readonly HashSet<Waiver> _expired = [];
    private int _newer;

    public static ImmutableArray<Finding> Judge(IEnumerable<Finding> findings, ContractSource @new, ComparisonOptions options) =>
        new PolicyJudge(options, Edition.Find(options.Policy.Edition), new DocumentMarks(@new, options.Today)).Judge(findings);

    public ImmutableArray<Finding> Judge(IEnumerable<Finding> findings)
    {
        var judged = findings.Select(OfEdition).OfType<Finding>().Select(Levelled).OfType<Finding>().Select(Permitted).ToList();
        return [.. judged, .. OfItself()];
    }

    private Finding? OfEdition(Finding finding)
    {
        var judged = edition.Judge(finding);
        if (judged is null)
            _newer++;
        return judged;
    }

    private Finding? Levelled(Finding finding)
    {
        if (!IsOpen(finding.Rule) || options.Policy.Levels.LastOrDefault(l => Selection.Fits(l.Rule, l.At, finding)) is not { } setting)
            return finding;
        return setting.Level is { } level ? finding with { Severity = level } : null;
    }

    private Finding Permitted(Finding finding)
    {
        if (!IsOpen(finding.Rule))
            return finding;
        foreach (var waiver in options.Policy.Waivers.Concat(Marks(finding)).Where(w => w.Fits(finding, options.Consumer)))
        {
            if (!waiver.IsExpired(options.Today))
            {
                _used[waiver] = _used.GetValueOrDefault(waiver) + 1;
                return finding with { Waiver = waiver };
            }

            _expired.Add(waiver);
        }

        return finding;
    }

    /// <summary>Whoever may write a contract may not for that reason break its consumers.</summary>
    private List<Waiver> Marks(Finding finding)
    {
        // They are read in any case: what is wrong with them is told.
        var found = marks.At(finding).ToList();
        return finding.Severity is Severity.Breaking && !options.Policy.HasMarksForBreaks ? [] : found;
    }

    private IEnumerable<Finding> OfItself()
    {
        foreach (var waiver in _expired.OrderBy(w => w.Until).ThenBy(Named, StringComparer.Ordinal))
            yield return EngineRules.WaiverExpired(Named(waiver), waiver.Until);
        foreach (var (waiver, count) in _used.Where(u => u.Value > MostFindings).OrderBy(u => Named(u.Key), StringComparer.Ordinal))
            yield return EngineRules.WaiverTooBroad(Named(waiver), count);
        foreach (var text in marks.Unreadable)
            yield return EngineRules.WaiverUnreadable(text);
        if (_newer > 0)
            yield return EngineRules.EditionNewer(edition.Name, _newer);
    }

    /// <summary>What the engine says of itself is nobody's to silence.</summary>
    private static bool IsOpen(RuleSpec rule) => EngineRules.IsOfContract(rule) || !EngineRules.All.Contains(rule);

    private static string Named(Waiver waiver) => waiver.Fingerprint is not "" ? waiver.Fingerprint : $"{waiver.Rule} at {waiver.At}";
}
