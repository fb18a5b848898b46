using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Wire;

/// <summary>A problem on the wire: RFC 9457 with Davit's own members.</summary>
public sealed record ProblemBody
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    /// <summary>The request, as <c>/requests/req_…</c>.</summary>
    public string Instance { get; init; } = "";

    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Hint { get; init; }

    public string RequestId { get; init; } = "";

    public bool Retryable { get; init; }

    public IReadOnlyList<FaultBody> Errors { get; init; } = [];

    public static ProblemBody Of(Problem problem, string requestId) => new()
    {
        Type = problem.Docs.ToString(),
        Title = problem.Title,
        Status = problem.Of.Status,
        Detail = problem.Detail,
        Instance = requestId is "" ? "" : $"/requests/{requestId}",
        Code = problem.Code,
        Name = problem.Name,
        Hint = problem.Hint,
        RequestId = requestId,
        Retryable = problem.Of.IsRetryable,
        Errors = [.. problem.Faults.Select(FaultBody.Of)],
    };

    /// <summary>The problem as the client shows it; codes this build does not know are kept as they came.</summary>
    public Problem ToProblem()
    {
        var code = ProblemCatalog.All.FirstOrDefault(c => c.Code == Code) ?? new ProblemCode(Code, Name, Title, Status, Retryable);
        return new Problem(code, Detail, Hint) { Faults = [.. Errors.Select(e => e.ToFault())] };
    }
}

public sealed record FaultBody(string Code, string Name, string Severity, string Message, string Path)
{
    public string? File { get; init; }

    public int? Line { get; init; }

    public int? Column { get; init; }

    public IReadOnlyList<string> Suggestions { get; init; } = [];

    public static FaultBody Of(Fault fault) => new(fault.Code.Code, fault.Code.Name, fault.Severity.ToString().ToLowerInvariant(), fault.Message, fault.Path)
    {
        File = fault.At?.File, Line = fault.At?.Line, Column = fault.At?.Column, Suggestions = fault.Suggestions,
    };

    public Fault ToFault() => new(
        ProblemCatalog.All.FirstOrDefault(c => c.Code == Code) ?? new ProblemCode(Code, Name, Name, 422),
        Enum.TryParse<Severity>(Severity, ignoreCase: true, out var severity) ? severity : Model.Severity.Error,
        Message,
        File is null ? null : new SourcePosition(File, Line ?? 0, Column ?? 0),
        Path)
    {
        Suggestions = Suggestions.ToImmutableArray(),
    };
}
