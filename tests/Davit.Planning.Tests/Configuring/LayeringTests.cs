using Davit.Planning.Configuring;
using FsCheck;
using FsCheck.Fluent;

namespace Davit.Planning.Tests.Configuring;

/// <summary>Layers over layers, held against the plainest way to say what they mean.</summary>
public sealed class LayeringTests
{
    private static readonly string[] Names = ["A", "B", "C", "D"];

    private static Gen<Setting> Settings { get; } =
        from name in Gen.Elements(Names)
        from value in Gen.OneOf(Gen.Choose(0, 9).Select(SettingValue (n) => new SettingValue.Text($"{n}")), Gen.Constant<SettingValue>(new SettingValue.Unset()))
        from locked in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Setting(name, value) { IsLocked = locked };

    private static Arbitrary<Layer[]> Layers { get; } = (
        from settings in Gen.ArrayOf(Gen.ArrayOf(Settings)).Select(all => all.Take(9).ToArray())
        select settings.Select((s, n) => new Layer((LayerKind)n, $"layer {n}", [.. s.DistinctBy(x => x.Name)])).ToArray()).ToArbitrary();

    [Fact]
    public void Every_name_means_what_the_nearest_layer_says_that_no_lock_keeps_from_being_heard() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(10_000), Prop.ForAll(Layers, layers =>
    {
        var winners = Layering.Of(layers);
        return Names.All(name => Reference(layers, name) == Found(winners.GetValueOrDefault(name)));
    }));

    [Fact]
    public void Nothing_that_a_layer_says_is_forgotten() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Layers, layers =>
        Layering.Of(layers).Values.Sum(w => 1 + w.Losers.Length) == layers.Sum(l => l.Settings.Length)));

    private static (Setting, string)? Found(Winner? winner) => winner is null ? null : (winner.Setting, winner.Layer.Label);

    private static (Setting, string)? Reference(Layer[] layers, string name)
    {
        var says = layers.SelectMany(l => l.Settings.Where(s => s.Name == name).Select(s => (s, l.Label))).ToList();
        var locked = says.FindIndex(s => s.s.IsLocked);
        return says.Count is 0 ? null : locked >= 0 ? says[locked] : says[^1];
    }
}
