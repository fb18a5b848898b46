using System.Text.Json;
using Davit.Planning.Instances;

namespace Davit.Drivers.Docker.Hooks;

/// <summary>Hooks travel with their container, so that whoever starts or stops it later knows them.</summary>
internal static class HookLabel
{
    public const string Key = "davit.hooks";

    /// <summary>Without those that are over when the container exists.</summary>
    public static string Write(HooksSpec hooks) => JsonSerializer.Serialize(hooks with { Prestart = [] }, InstanceSpecJson.Default.HooksSpec);

    public static HooksSpec Read(IReadOnlyDictionary<string, string> labels)
    {
        try
        {
            return labels.TryGetValue(Key, out var text) ? JsonSerializer.Deserialize(text, InstanceSpecJson.Default.HooksSpec) ?? new() : new();
        }
        catch (JsonException)
        {
            // Written by a version with another form: a hook that is left out is better than an instance that cannot be stopped.
            return new();
        }
    }
}
