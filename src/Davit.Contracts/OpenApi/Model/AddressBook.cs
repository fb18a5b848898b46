namespace Davit.Contracts.OpenApi.Model;

/// <summary>Finds operations by their ids and addresses.</summary>
internal sealed class AddressBook(IReadOnlyList<PathItem> paths)
{
    private readonly ILookup<string, Operation> _ids = paths.SelectMany(p => p.Operations).ToLookup(o => o.Id ?? "", StringComparer.Ordinal);
    private readonly ILookup<string, Operation> _addresses = paths.SelectMany(p => p.Operations).ToLookup(o => $"{o.Method} {o.Path.Template.Blank}", StringComparer.Ordinal);
    private readonly ILookup<string, Operation> _spellings = paths.SelectMany(p => p.Operations).ToLookup(Spelling, StringComparer.OrdinalIgnoreCase);

    public Operation? ById(string id) => _ids[id].Take(2).ToList() is [var only] ? only : null;

    public Operation? At(Operation other) => _addresses[$"{other.Method} {other.Path.Template.Blank}"].FirstOrDefault();

    public Operation? Spelt(Operation other) => _spellings[Spelling(other)].FirstOrDefault(o => o.Path.Template.Blank != other.Path.Template.Blank);

    private static string Spelling(Operation operation) => $"{operation.Method} {operation.Path.Template.Blank.TrimEnd('/')}";
}
