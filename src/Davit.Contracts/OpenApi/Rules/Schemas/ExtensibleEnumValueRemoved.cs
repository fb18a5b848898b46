using Davit.Contracts.Findings;
using Davit.Contracts.OpenApi.Pairs;

namespace Davit.Contracts.OpenApi.Rules.Schemas;

/// <summary>Senders may still use the value.</summary>
internal sealed class ExtensibleEnumValueRemoved : ISchemaRule<EntryPair>
{
    public static Fact Fact { get; } = new Fact(Kind.Values, "x-extensible-enum-value-removed", "A value is gone from the open list.")
        .Known(Severity.Breaking, Scope.RequestProperty, Scope.RequestParameter);

    public static string? Judge(EntryPair entry) => entry.Keyword is "x-extensible-enum" && entry.IsRemoved ? $"'{entry.Name}' was removed from the open list" : null;
}
