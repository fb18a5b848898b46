namespace Davit.Corpora;

/// <summary>Cases of one checker with the verdicts it gives.</summary>
internal interface ITable
{
    string Name { get; }

    /// <summary>The folder of its cases in the corpora.</summary>
    string Folder { get; }

    IEnumerable<Outcome> Run(string folder);
}

/// <param name="Miss">What differs; null when the verdict is exactly the one expected.</param>
internal sealed record Outcome(string Case, string? Miss);
