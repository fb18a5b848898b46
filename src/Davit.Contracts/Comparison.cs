using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Findings;
using Davit.Contracts.Formats;
using Davit.Contracts.Profiles;

namespace Davit.Contracts;

/// <summary>What two contracts differ in.</summary>
/// <param name="Format">Such as <c>openapi</c>.</param>
/// <param name="Findings">The worst first.</param>
public sealed record Comparison(string Format, ImmutableArray<Finding> Findings)
{
    /// <summary>Compares two contracts of the same format.</summary>
    /// <exception cref="UnreadableException">One of them cannot be read.</exception>
    /// <exception cref="ArgumentException">There is no profile of the name asked for.</exception>
    public static Comparison Of(ContractSource old, ContractSource @new, ComparisonOptions options)
    {
        var profile = Profile.Find(options.Profile) ?? throw new ArgumentException($"There is no profile '{options.Profile}'.", nameof(options));
        var format = ContractFormats.Of(@new);
        var oldFormat = ContractFormats.Of(old);
        if (format != oldFormat)
            throw new UnreadableException(UnreadableCodes.Format, $"'{old.Path}' is {oldFormat.Name} and '{@new.Path}' is {format.Name}");
        return new Comparison(format.Name, [.. Ordered(format.Compare(old, @new, options, profile))]);
    }

    private static IEnumerable<Finding> Ordered(IEnumerable<Finding> findings) => findings
        .OrderByDescending(f => f.Severity)
        .ThenBy(f => f.Path, StringComparer.Ordinal)
        .ThenBy(f => f.Operation, StringComparer.Ordinal)
        .ThenBy(f => f.Element, StringComparer.Ordinal)
        .ThenBy(f => f.Rule.Id, StringComparer.Ordinal)
        .ThenBy(f => f.Text, StringComparer.Ordinal);
}
