using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Formats;

namespace Davit.Contracts;

/// <summary>Tells contracts from other files.</summary>
public static class ContractKind
{
    /// <summary>Every format there is, such as <c>openapi</c>.</summary>
    public static ImmutableArray<string> Names { get; } = [.. ContractFormats.All.Select(f => f.Name)];

    /// <summary>The format of the file, such as <c>openapi</c>; null when it is no contract.</summary>
    public static string? Of(ContractSource source)
    {
        try
        {
            return ContractFormats.Of(source).Format.Name;
        }
        catch (UnreadableException)
        {
            return null;
        }
    }
}
