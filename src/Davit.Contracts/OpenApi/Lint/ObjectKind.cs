namespace Davit.Contracts.OpenApi.Lint;

/// <summary>What one kind of object may hold.</summary>
/// <param name="others">The kind of what stands under names that are not fields; null where there is nothing of that sort.</param>
/// <param name="isOpen">Names that are not fields are nobody's concern.</param>
internal sealed class ObjectKind(Field[] fields, Part? others = null, bool isOpen = false)
{
    private readonly ILookup<string, Field> _fields = fields.ToLookup(f => f.Name, StringComparer.Ordinal);

    public Part? Others => others;

    public bool IsOpen => isOpen;

    public IReadOnlyList<Field> Required { get; } = Array.FindAll(fields, f => f.IsRequired);

    /// <summary>The field as a version knows it, or as any does; null when none has it.</summary>
    public Field? Find(string name, SpecVersion version)
    {
        Field? other = null;
        foreach (var field in _fields[name])
        {
            if (field.IsIn(version))
                return field;
            other = field;
        }

        return other;
    }
}
