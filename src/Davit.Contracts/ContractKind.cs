using System.Collections.Immutable;
using Davit.Contracts.Documents;
using Davit.Contracts.Formats;

namespace Davit.Contracts;

/// <summary>Tells contracts from other files.</summary>
public static class ContractKind
{
    /// <summary>Every format there is, such as <c>openapi</c>.</summary>
    public static ImmutableArray<string> Names { get; } = [.. ContractFormats.All.Select(f => f.Name)];

    /// <summary>It is a contract. One that cannot be read is one too; only a file that can be read and says something else is none.</summary>
    public static bool IsOne(ContractSource source)
    {
        try
        {
            ContractFormats.Of(source);
            return true;
        }
        catch (UnreadableException unreadable)
        {
            return unreadable.Code is not UnreadableCodes.Format;
        }
    }

    /// <summary>The format of the file, such as <c>openapi</c>; null when it is no contract, or cannot be read.</summary>
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
