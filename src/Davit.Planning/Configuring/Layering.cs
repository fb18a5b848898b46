using System.Collections.Immutable;

namespace Davit.Planning.Configuring;

/// <summary>A setting and the layer it stands in.</summary>
public sealed record Standing(Setting Setting, Layer Layer);

/// <summary>What a name means after all layers have spoken.</summary>
/// <param name="Losers">What lost against it, the nearest first; above a lock also what was not heard.</param>
public sealed record Winner(Standing Standing, ImmutableArray<Standing> Losers)
{
    public Setting Setting => Standing.Setting;

    public Layer Layer => Standing.Layer;

    public bool IsUnset => Setting.Value is SettingValue.Unset;
}

/// <summary>Lays layers over each other. Pure.</summary>
public static class Layering
{
    /// <param name="lowestFirst">Of two layers the later one wins, unless the earlier one is locked.</param>
    public static ImmutableSortedDictionary<string, Winner> Of(IEnumerable<Layer> lowestFirst)
    {
        var winners = ImmutableSortedDictionary.CreateBuilder<string, Winner>(StringComparer.Ordinal);
        foreach (var layer in lowestFirst)
        {
            foreach (var setting in layer.Settings)
                winners[setting.Name] = Over(winners.GetValueOrDefault(setting.Name), new(setting, layer));
        }

        return winners.ToImmutable();
    }

    private static Winner Over(Winner? below, Standing next) => below switch
    {
        null => new(next, []),
        { Setting.IsLocked: true } => below with { Losers = below.Losers.Insert(0, next) },
        _ => new(next, below.Losers.Insert(0, below.Standing)),
    };
}
