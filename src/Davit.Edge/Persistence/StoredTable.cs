using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Davit.Edge.Control;
using Davit.Edge.Routing;

namespace Davit.Edge.Persistence;

/// <summary>The table as it lies on disk.</summary>
/// <param name="Version">The version it was served under.</param>
/// <param name="Slices">One per environment.</param>
internal sealed record StoredTable(long Version, ImmutableArray<StoredSlice> Slices)
{
    public ImmutableSortedDictionary<string, EnvironmentSlice> ToSlices() => Slices.ToImmutableSortedDictionary(
        s => s.Environment.Environment,
        s => new EnvironmentSlice(s.Environment, s.Fence, s.Switch, s.Outcome) { Past = s.Past },
        StringComparer.Ordinal);

    public static StoredTable Of(long version, ImmutableSortedDictionary<string, EnvironmentSlice> slices) =>
        new(version, [.. slices.Values.Select(s => new StoredSlice(s.Environment, s.Fence, s.Switch, s.Outcome) { Past = s.Past })]);
}

internal sealed record StoredSlice(EdgeEnvironment Environment, long Fence, string Switch, SwitchOutcome.Switched Outcome)
{
    public ImmutableArray<PastSwitch> Past { get; set; } = [];
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StoredTable))]
internal sealed partial class TableJson : JsonSerializerContext;
