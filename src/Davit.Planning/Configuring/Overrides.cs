using System.Collections.Immutable;
using Davit.Model;

namespace Davit.Planning.Configuring;

/// <summary>Values that are given with one deployment.</summary>
public static class Overrides
{
    /// <exception cref="ProblemException">DV7207 for the name of a secret, DV7215 for a locked one, DV7213 for what is no name.</exception>
    public static EnvConfiguration Over(EnvConfiguration configuration, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count is 0)
            return configuration;
        var names = Layering.Of(configuration.Layers.Where(l => l.Kind is not LayerKind.Service).OrderBy(l => l.Kind));
        foreach (var (name, value) in values)
        {
            VariableNames.Check(name);
            VariableNames.CheckValue(name, value);
            if (names.GetValueOrDefault(name) is not { } winner)
                continue;
            if (winner.Setting.Value is SettingValue.Secret)
                throw new ProblemException(SecretProblems.IsSecret(name, winner.Layer.Label));
            if (winner.Setting.IsLocked)
                throw new ProblemException(VariableProblems.Locked(name, winner.Layer.Label));
        }

        return configuration with
        {
            Layers = [.. configuration.Layers, new Layer(LayerKind.Override, "this deployment", [.. values.Select(v => new Setting(v.Key, new SettingValue.Text(v.Value)))])],
        };
    }
}
