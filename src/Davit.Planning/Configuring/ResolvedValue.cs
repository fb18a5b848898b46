using System.Collections.Immutable;
using Davit.Planning.Instances;

namespace Davit.Planning.Configuring;

/// <summary>A value whose references are resolved. Where a secret went into it, it is one itself: parts, of which only the text is known.</summary>
public sealed record ResolvedValue(ImmutableArray<SecretPart> Parts)
{
    public static ResolvedValue Empty { get; } = new([]);

    public bool IsSecret => Parts.Any(p => p.IsSecret);

    /// <summary>A secret is never empty.</summary>
    public bool IsEmpty => Parts.All(p => !p.IsSecret && p.Text is "");

    /// <summary>How long its text is; what secrets add is bounded where they are set.</summary>
    public int Length => Parts.Sum(p => p.Text.Length);

    /// <summary>Without secrets.</summary>
    public string Text => string.Concat(Parts.Select(p => p.IsSecret ? $"***({p.Secret})" : p.Text));

    public static ResolvedValue Of(string text) => text is "" ? Empty : new([new SecretPart(text)]);

    public static ResolvedValue Of(SecretPin pin) => new([new SecretPart("") { Secret = pin.Name, Version = pin.Version }]);

    public static ResolvedValue Join(IEnumerable<ResolvedValue> values)
    {
        var parts = ImmutableArray.CreateBuilder<SecretPart>();
        foreach (var part in values.SelectMany(v => v.Parts))
        {
            if (parts.Count > 0 && !part.IsSecret && !parts[^1].IsSecret)
                parts[^1] = new SecretPart(parts[^1].Text + part.Text);
            else
                parts.Add(part);
        }

        return new(parts.ToImmutable());
    }

    public bool Equals(ResolvedValue? other) => other is not null && Parts.SequenceEqual(other.Parts);

    public override int GetHashCode() => Parts.Aggregate(0, HashCode.Combine);

    public override string ToString() => Text;
}
