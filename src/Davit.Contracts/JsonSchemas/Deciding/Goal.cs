using Davit.Contracts.JsonSchemas.Schemas;
using Davit.Contracts.JsonSchemas.Values;

namespace Davit.Contracts.JsonSchemas.Deciding;

/// <summary>A value is wanted that some schemas accept, that others refuse, and that is none of a few.</summary>
internal sealed class Goal(IEnumerable<JsonSchema> accepting, IEnumerable<JsonSchema> refusing, IEnumerable<JsonValue>? except = null)
{
    public IReadOnlyList<JsonSchema> Accepting { get; } = [.. accepting.DistinctBy(s => s.Id).OrderBy(s => s.Id)];

    public IReadOnlyList<JsonSchema> Refusing { get; } = [.. refusing.DistinctBy(s => s.Id).OrderBy(s => s.Id)];

    public IReadOnlyList<JsonValue> Except { get; } = [.. except ?? []];

    public string Key => $"{string.Join(',', Accepting.Select(s => s.Id))}|{string.Join(',', Refusing.Select(s => s.Id))}|{string.Join(',', Except)}";

    /// <summary>The same schema cannot both accept and refuse.</summary>
    public bool IsContradiction => Refusing.Any(r => r.Always is true || Accepting.Any(a => a.Id == r.Id || (a.Canonical is { } text && a.Owner.Dialect == r.Owner.Dialect && text == r.Canonical)))
        || Accepting.Any(a => a.Always is false);
}
