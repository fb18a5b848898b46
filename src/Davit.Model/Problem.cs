using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Davit.Model;

/// <summary>
/// One entry of the problem catalogue. The code and the name never change meaning and are never used again;
/// <c>docs/errors/&lt;code&gt;.md</c> is its page.
/// </summary>
/// <param name="Code">Stable code, <c>DVnnnn</c>; the first digit tells the area.</param>
/// <param name="Name">Stable kebab-case name.</param>
/// <param name="Title">One short sentence without variables.</param>
/// <param name="Status">The HTTP status it is answered with, 400 to 599.</param>
/// <param name="IsRetryable">Nothing changed, and the same request may succeed later.</param>
public sealed record ProblemCode(string Code, string Name, string Title, int Status, bool IsRetryable = false);

/// <summary>
/// A failure that a person is expected to read: what happened and what was spared (<paramref name="Detail"/>), and one
/// thing to do that can be pasted (<paramref name="Hint"/>).
/// </summary>
public sealed record Problem(ProblemCode Of, string Detail, string Hint)
{
    public string Detail { get; init => field = Printable.Lines(value); } = Printable.Lines(Detail);

    public string Hint { get; init => field = Printable.Lines(value); } = Printable.Lines(Hint);

    [JsonIgnore]
    public string Code => Of.Code;

    [JsonIgnore]
    public string Name => Of.Name;

    [JsonIgnore]
    public string Title => Of.Title;

    /// <summary>Every fault of a bad input at once; empty for problems that are one thing.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];

    [JsonIgnore]
    public Uri Docs => new($"https://davit.dev/docs/errors/{Code}");

    public bool Equals(Problem? other) =>
        other is not null && Of == other.Of && Detail == other.Detail && Hint == other.Hint && Faults.SequenceEqual(other.Faults);

    public override int GetHashCode() => HashCode.Combine(Of, Detail, Hint);
}

/// <summary>Carries a <see cref="Problem"/> across calls that cannot return one.</summary>
public sealed class ProblemException(Problem problem, Exception? cause = null)
    : Exception($"{problem.Code} {problem.Title}: {problem.Detail}", cause)
{
    public Problem Problem { get; } = problem;
}
