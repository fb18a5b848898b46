using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Formats;
using Davit.Contracts.Policies;
using Davit.Contracts.Profiles;
using Davit.Contracts.Rules;

namespace Davit.Contracts;

/// <summary>What two contracts differ in.</summary>
/// <param name="Format">Such as <c>openapi</c>.</param>
/// <param name="Findings">The worst first.</param>
public sealed record Comparison(string Format, ImmutableArray<Finding> Findings)
{
    /// <summary>The version number that the differences ask for.</summary>
    public VersionAdvice Advice { get; private init; } = VersionAdvice.Of([], null, null);

    /// <summary>Compares two contracts of the same format.</summary>
    /// <exception cref="UnreadableException">One of them cannot be read, or they are of two formats.</exception>
    /// <exception cref="ArgumentException">There is no profile, no format or no edition of the name asked for.</exception>
    public static Comparison Of(ContractSource old, ContractSource @new, ComparisonOptions options)
    {
        var profile = Profile.Find(options.Profile) ?? throw new ArgumentException($"There is no profile '{options.Profile}'.", nameof(options));
        (old, @new) = (old with { Fetch = options.Fetch }, @new with { Fetch = options.Fetch });
        var (format, newVersion) = ContractFormats.Of(@new, options.Format);
        var (oldFormat, oldVersion) = ContractFormats.Of(old, options.Format);
        if (format != oldFormat)
            throw new UnreadableException(UnreadableCodes.Format, $"'{old.Path}' is {oldFormat.Name} and '{@new.Path}' is {format.Name}");
        var comparison = Judged(format.Name, format.Compare(old, @new, options, profile), @new, options);
        return comparison with { Advice = VersionAdvice.Of(comparison.Findings, oldVersion, newVersion) };
    }

    /// <summary>Two contracts at places that stand for the same, whether or not they are of the same format.</summary>
    /// <exception cref="UnreadableException">One of them cannot be read.</exception>
    public static Comparison OfPlaces(ContractSource old, ContractSource @new, ComparisonOptions options)
    {
        var (from, to) = (ContractFormats.Of(old).Format.Name, ContractFormats.Of(@new).Format.Name);
        if (from != to)
            return Judged(to, [EngineRules.FormatChanged(@new.Path, from, to)], @new, options);
        var comparison = Of(old, @new, options);
        return old.Path == @new.Path ? comparison : comparison with { Findings = [.. comparison.Findings, .. Judged(to, [EngineRules.Moved(old.Path, @new.Path)], @new, options).Findings] };
    }

    /// <summary>A contract that was not there before.</summary>
    public static Comparison OfAdded(ContractSource @new, ComparisonOptions options) => Judged(ContractFormats.Of(@new).Format.Name, [EngineRules.Added(@new.Path)], @new, options);

    /// <summary>A contract that is not there any more.</summary>
    public static Comparison OfRemoved(ContractSource old, ComparisonOptions options) => Judged(ContractFormats.Of(old).Format.Name, [EngineRules.Removed(old.Path)], old, options);

    private static Comparison Judged(string format, IEnumerable<Finding> findings, ContractSource @new, ComparisonOptions options) =>
        new(format, [.. Ordered(PolicyJudge.Judge(findings, @new, options))]);

    private static IEnumerable<Finding> Ordered(IEnumerable<Finding> findings) => findings
        .OrderByDescending(f => f.Severity)
        .ThenBy(f => f.Path, StringComparer.Ordinal)
        .ThenBy(f => f.Operation, StringComparer.Ordinal)
        .ThenBy(f => f.Element, StringComparer.Ordinal)
        .ThenBy(f => f.Rule.Id, StringComparer.Ordinal)
        .ThenBy(f => f.Text, StringComparer.Ordinal);
}
