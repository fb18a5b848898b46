namespace Davit.Contracts.Documents;

/// <summary>
/// A piece of a file. Lines and columns begin at 1; a column counts Unicode code points; the end is the place after the last character.
/// </summary>
public sealed record Position(string File, int Line, int Column, int EndLine, int EndColumn)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
