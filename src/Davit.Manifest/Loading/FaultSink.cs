using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Manifest.Loading;

/// <summary>
/// Collects what is wrong while the stages run. The first error decides what the input is refused for; the list that
/// people see is sorted by place.
/// </summary>
internal sealed class FaultSink
{
    private const int Limit = 1_000;
    private readonly List<Fault> _faults = [];
    private readonly HashSet<(string Code, string Message, SourcePosition? At)> _seen = [];

    public bool HasErrors => First is not null;

    /// <summary>The error that was met first.</summary>
    public Fault? First { get; private set; }

    public int ErrorCount { get; private set; }

    public IReadOnlyList<Fault> All => _faults;

    public void Error(ProblemCode code, string message, SourcePosition? at, string path = "", ImmutableArray<string> suggestions = default) =>
        Add(new Fault(code, Severity.Error, message, at, path) { Suggestions = suggestions.IsDefault ? [] : suggestions });

    public void Warn(ProblemCode code, string message, SourcePosition? at, string path = "") =>
        Add(new Fault(code, Severity.Warning, message, at, path));

    public void Note(ProblemCode code, string message, SourcePosition? at, string path = "") =>
        Add(new Fault(code, Severity.Note, message, at, path));

    public void Add(Fault fault)
    {
        if (_faults.Count >= Limit || !_seen.Add((fault.Code.Code, fault.Message, fault.At)))
            return;

        _faults.Add(fault);
        if (fault.Severity is not Severity.Error)
            return;
        First ??= fault;
        ErrorCount++;
    }

    public ImmutableArray<Fault> Sorted() => _faults
        .OrderBy(f => f.At?.File ?? "", StringComparer.Ordinal)
        .ThenBy(f => f.At?.Line ?? 0)
        .ThenBy(f => f.At?.Column ?? 0)
        .ThenBy(f => f.Severity)
        .ThenBy(f => f.Code.Code, StringComparer.Ordinal)
        .ThenBy(f => f.Message, StringComparer.Ordinal)
        .ToImmutableArray();
}
