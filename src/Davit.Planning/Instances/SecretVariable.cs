using System.Text.Json.Serialization;

namespace Davit.Planning.Instances;

/// <summary>A variable of a process that is made of secrets. Its value is never serialised, hashed or printed.</summary>
/// <param name="Name">As the process sees it.</param>
/// <param name="Parts">What it is made of, one after the other; stands for the value wherever specs are compared.</param>
public sealed record SecretVariable(string Name, EquatableList<SecretPart> Parts)
{
    /// <summary>Null until whoever starts the instance fills it in.</summary>
    [JsonIgnore]
    public string? Value { get; init; }

    public bool Equals(SecretVariable? other) => other is not null && Name == other.Name && Parts == other.Parts;

    public override int GetHashCode() => HashCode.Combine(Name, Parts);

    public override string ToString() => $"{Name}=***";
}

/// <summary>Text, or one version of a secret.</summary>
public sealed record SecretPart(string Text)
{
    /// <summary>Which secret; "" is text.</summary>
    public string Secret { get; init; } = "";

    public string Version { get; init; } = "";

    [JsonIgnore]
    public bool IsSecret => Secret is not "";

    public override string ToString() => IsSecret ? $"***({Secret})" : Text;
}
