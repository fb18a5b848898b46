namespace Davit.Corpora;

/// <summary>Cases of one checker with the verdicts it gives.</summary>
internal interface ITable
{
    /// <summary>The folder of the table in the corpora.</summary>
    string Name { get; }

    IEnumerable<Outcome> Run(string folder);
}

/// <param name="Miss">What differs; null when the verdict is exactly the one expected.</param>
internal sealed record Outcome(string Case, string? Miss);
