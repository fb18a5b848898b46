using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Davit.Planning.Configuring;

/// <summary>Where a setting stands. The nearer to the instance, the later in this list, and the nearest wins.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LayerKind>))]
public enum LayerKind
{
    /// <summary>What the definition of a variable says when nobody says anything.</summary>
    Default,
    Org,
    Project,
    Manifest,
    App,

    /// <summary>An environment that this one takes values from.</summary>
    Inherited,
    Env,
    Service,

    /// <summary>Given with one deployment, and only for it.</summary>
    Override,
}

/// <summary>The settings of one place.</summary>
/// <param name="Label">What a person calls the place, such as <c>env staging</c>.</param>
public sealed record Layer(LayerKind Kind, string Label, ImmutableArray<Setting> Settings)
{
    /// <summary>Only for this service; "" is for all.</summary>
    public string Service { get; init; } = "";
}

/// <summary>What a name means at one place.</summary>
public sealed record Setting(string Name, SettingValue Value)
{
    /// <summary>No nearer layer may say anything else.</summary>
    public bool IsLocked { get; init; }

    public string Author { get; init; } = "";

    public DateTimeOffset? At { get; init; }
}

/// <summary>Closed.</summary>
public abstract record SettingValue
{
    private SettingValue()
    {
    }

    /// <summary>Taken as it is.</summary>
    public sealed record Text(string Value) : SettingValue;

    /// <summary>With references, which are resolved for each deployment.</summary>
    public sealed record Template(string Source) : SettingValue;

    /// <summary>Removes what lies below.</summary>
    public sealed record Unset : SettingValue;

    /// <param name="IsVariable">Delivered as a variable of the process, too.</param>
    public sealed record Secret(SecretPin Pin, bool IsVariable) : SettingValue;
}

/// <summary>One version of one secret; stands for its value, which is not known here.</summary>
/// <param name="Version">Names the value for good, wherever the secret was set.</param>
public sealed record SecretPin(string Name, string Version);

/// <summary>Everything that places say about one environment, and what its variables must be.</summary>
public sealed record EnvConfiguration
{
    public static EnvConfiguration Empty { get; } = new();

    /// <summary>The lowest first; the manifest's own comes in between, by its kind.</summary>
    public ImmutableArray<Layer> Layers { get; init; } = [];

    public ImmutableArray<VariableDefinition> Definitions { get; init; } = [];

    /// <summary>The layers that count for a service, with what its manifest says.</summary>
    public IEnumerable<Layer> For(string service, Layer manifest) => Layers
        .Append(manifest)
        .Append(new Layer(LayerKind.Default, "default", [.. Definitions.Where(d => d.Default is not null).Select(d => new Setting(d.Name, new SettingValue.Text(d.Default!)))]))
        .Where(l => l.Kind is not LayerKind.Service || l.Service == service)
        .OrderBy(l => l.Kind);
}
