using System.Collections.Immutable;
using Davit.Model.Audit;

namespace Davit.Model;

/// <summary>DV79: the audit log, and what keeps strangers out.</summary>
public static class AuditProblems
{
    private static readonly ProblemCode Removed = new("DV7901", "audit-range-removed", "These events were archived and removed", 410);
    private static readonly ProblemCode ExportFalse = new("DV7902", "audit-export-false", "The export is not what was signed", 422);
    private static readonly ProblemCode ChainBroken = new("DV7903", "audit-chain-broken", "The audit log is not the one that was written", 422);
    private static readonly ProblemCode RetentionShort = new("DV7904", "retention-out-of-range", "Events cannot be kept for so long or so short", 422);
    private static readonly ProblemCode FilterInvalid = new("DV7905", "audit-filter-invalid", "The filter cannot be understood", 422);

    public static ImmutableArray<ProblemCode> All { get; } = [Removed, ExportFalse, ChainBroken, RetentionShort, FilterInvalid];

    public static Problem WasRemoved(long through, DateTimeOffset at, string archive) => new(
        Removed, $"Events up to {through} were removed by policy on {at.UtcDateTime:yyyy-MM-dd}; they are in the archive {archive}. Nothing was exported.",
        $"Ask for what is kept: --after {through}");

    public static Problem FalseExport(string why) => new(ExportFalse, $"{why}. What it says proves nothing.", "Get the export again: davit audit export --output audit.zip");

    public static Problem Broken(ChainBreak found) => new(
        ChainBroken, $"The first wrong event is {found.Seq}: {Says(found.Fault)} ({found.Detail}).",
        "Compare it with an earlier export or backup of the database, and see who could write to the database.");

    public static Problem BadRetention(string what, int least, int most) => new(
        RetentionShort, $"{what} must be {least} to {most} days. Nothing was changed.", $"Choose at least {least} days.");

    public static Problem BadFilter(string why) => new(FilterInvalid, $"{why}. Nothing was read.", "See the filters: davit audit list --help");

    private static string Says(ChainFault fault) => fault switch
    {
        ChainFault.Altered => "it was altered",
        ChainFault.Missing => "it is missing",
        ChainFault.Reordered => "it was moved",
        ChainFault.Inserted => "it was inserted",
        ChainFault.CutOff => "it was cut off with all after it",
        ChainFault.Forged => "its signature is false",
    };
}
