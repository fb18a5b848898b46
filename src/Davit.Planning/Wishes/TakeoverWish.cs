using System.Text.Json.Serialization;
using Davit.Manifest;
using Davit.Planning.Instances;

namespace Davit.Planning.Wishes;

/// <summary>How a release takes over from the one before, where it does not do so at once. Closed; the discriminators are a stored format.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Canary), "canary")]
[JsonDerivedType(typeof(BlueGreen), "blue-green")]
public abstract record TakeoverWish
{
    private TakeoverWish()
    {
    }

    /// <summary>A growing share of clients, each step judged by what the edge counts.</summary>
    /// <param name="Header">The request header that tells clients apart; "" for a cookie.</param>
    public sealed record Canary(EquatableList<CanaryStep> Steps, string Header) : TakeoverWish;

    /// <summary>All at once, and the release before stays up for a while so that going back is only a switch.</summary>
    public sealed record BlueGreen(TimeSpan Keep) : TakeoverWish;

    /// <summary>The services of a release take over together, as the most careful of them asks.</summary>
    public static TakeoverWish? Of(AppManifest app)
    {
        var rollouts = app.Services.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value.Rollout).ToList();
        if (rollouts.Find(r => r.Strategy is RolloutStrategy.Canary) is { } canary)
            return new Canary([.. canary.Steps.Select(s => new CanaryStep(s.Percent, s.For))], canary.StickyHeader ?? "");

        var keep = rollouts.Where(r => r.Strategy is RolloutStrategy.BlueGreen).Select(r => r.Keep).DefaultIfEmpty().Max();
        return keep > TimeSpan.Zero ? new BlueGreen(keep) : null;
    }
}

/// <param name="Percent">The share of clients that the new release serves.</param>
/// <param name="For">How long at least.</param>
public sealed record CanaryStep(int Percent, TimeSpan For);
