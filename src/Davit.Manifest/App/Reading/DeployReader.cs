using System.Globalization;
using Davit.Model;

namespace Davit.Manifest.App.Reading;

/// <summary>Reads Compose's <c>deploy</c> and how its <c>update_config</c> becomes a rollout.</summary>
internal static class DeployReader
{
    public static DeploySpec Read(Reader r) => new()
    {
        Mode = r.Text("mode") ?? "replicated",
        Replicas = r.Int("replicas"),
        Labels = r.Pairs("labels"),
        RestartPolicy = r.Has("restart_policy") ? Restart(r.Child("restart_policy")) : null,
        Constraints = r.Child("placement").Set("constraints"),
        Preferences = [.. r.Child("placement").Items("preferences").Select(p => p.Text("spread")).OfType<string>()],
        MaxReplicasPerNode = r.Child("placement").Int("max_replicas_per_node"),
    };

    /// <summary><c>order</c>, <c>parallelism</c>, <c>delay</c>, <c>monitor</c> and <c>failure_action</c> have counterparts; going on after a failure has none.</summary>
    public static RolloutSpec Rollout(Reader r)
    {
        if (r.Text("failure_action") is "continue")
            r.Error(ManifestProblems.UpdateConfigRefused, $"{r.Below("failure_action")}: a rollout does not go on after a failure; use rollback or pause", "failure_action");
        if (r.Decimal("max_failure_ratio") is > 0)
            r.Error(ManifestProblems.UpdateConfigRefused, $"{r.Below("max_failure_ratio")} must be 0: one failing instance stops a rollout", "max_failure_ratio");
        var batch = Math.Max(0, r.Int("parallelism") ?? 1);
        return RolloutSpec.Default with
        {
            Strategy = r.Text("order") is "stop-first" ? RolloutStrategy.StopFirst : RolloutStrategy.Rolling,
            Batch = batch is 0 ? new Share(100, true) : new Share(batch, false),
            Pause = r.Bound("delay") ?? TimeSpan.Zero,
            Settle = r.Bound("monitor"),
            OnFailure = r.Text("failure_action") is "pause" ? RolloutFailureAction.Pause : RolloutFailureAction.Rollback,
        };
    }

    /// <summary>What <c>davit.yaml</c> says about a rollout.</summary>
    public static RolloutSpec Rollout(Reader r, RolloutSpec compose) => compose with
    {
        Strategy = r.Text("strategy") switch
        {
            "blue-green" => RolloutStrategy.BlueGreen,
            "canary" => RolloutStrategy.Canary,
            "stop-first" => RolloutStrategy.StopFirst,
            "rolling" => RolloutStrategy.Rolling,
            _ => compose.Strategy,
        },
        Surge = ShareOf(r, "surge") ?? compose.Surge,
        Unavailable = ShareOf(r, "unavailable") ?? compose.Unavailable,
        Batch = ShareOf(r, "batch") ?? compose.Batch,
        Pause = r.Duration("delay") ?? compose.Pause,
        Settle = r.Duration("settle") ?? compose.Settle,
        OnFailure = r.Text("failure") is { } failure ? failure is "pause" ? RolloutFailureAction.Pause : RolloutFailureAction.Rollback : compose.OnFailure,
        Keep = r.Duration("keep") ?? compose.Keep,
        Steps = Steps(r),
        StickyHeader = r.Text("stickyHeader") ?? compose.StickyHeader,
        Watch = r.Duration("watch") ?? compose.Watch,
        ReturnsByItself = r.Text("return") is "auto",
        Drain = r.Duration("drain") ?? compose.Drain,
    };

    private static System.Collections.Immutable.ImmutableArray<CanaryStepSpec> Steps(Reader r)
    {
        var steps = r.Items("steps").Select(s => new CanaryStepSpec(s.Int("percent") ?? 0, s.Duration("for") ?? TimeSpan.Zero)).ToArray();
        if (steps.Zip(steps.Skip(1)).Any(p => p.Second.Percent <= p.First.Percent))
            r.Error(ManifestProblems.ValueInvalid, $"{r.Below("steps")} must rise from step to step", "steps");
        if (steps.Length > 0 || r.Text("strategy") is not "canary")
            return [.. steps];
        var five = TimeSpan.FromMinutes(5);
        return [new(5, five), new(25, five), new(50, five), new(100, five)];
    }

    private static Share? ShareOf(Reader r, string key)
    {
        if (r.Text(key) is not { } text)
            return null;
        var isPercent = text.EndsWith('%');
        if (int.TryParse(isPercent ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= (isPercent ? 100 : 1_000))
            return new Share(value, isPercent);
        r.Error(ManifestProblems.ValueInvalid, $"{r.Below(key)} must be a number of instances or a percentage, not '{text}'", key);
        return null;
    }

    private static RestartPolicySpec Restart(Reader r) => new()
    {
        Condition = r.Text("condition") ?? "any",
        Delay = r.Bound("delay"),
        MaxAttempts = r.Int("max_attempts"),
        Window = r.Bound("window"),
    };
}
