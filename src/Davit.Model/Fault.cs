using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>Where a value was written. Line and column count from one; a file is relative to the app directory.</summary>
public sealed record SourcePosition(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

public enum Severity
{
    Error,
    Warning,
    Note,
}

/// <summary>One thing wrong with (or worth saying about) one place of an input.</summary>
/// <param name="Code">The catalogue entry it is an instance of.</param>
/// <param name="Severity">Only errors refuse the input.</param>
/// <param name="Message">One sentence, without position and code.</param>
/// <param name="At">Where it was written, when the input has places.</param>
/// <param name="Path">The value's path, such as <c>services.web.ports[0]</c>.</param>
public sealed record Fault(ProblemCode Code, Severity Severity, string Message, SourcePosition? At, string Path)
{
    public string Message { get; init => field = Printable.Line(value); } = Printable.Line(Message);

    /// <summary>At most three names that were probably meant, best first.</summary>
    public ImmutableArray<string> Suggestions { get; init; } = [];

    public bool Equals(Fault? other) =>
        other is not null && (Code, Severity, Message, At, Path) == (other.Code, other.Severity, other.Message, other.At, other.Path)
        && Suggestions.SequenceEqual(other.Suggestions);

    public override int GetHashCode() => HashCode.Combine(Code, Message, At, Path);

    public override string ToString() => Printable.Line(
        $"{(At is null ? "" : $"{At} ")}{Code.Name} {Message}{(Suggestions.IsEmpty ? "" : $" (did you mean {string.Join(", ", Suggestions)}?)")}");
}
