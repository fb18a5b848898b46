using Davit.Model;

namespace Davit.Wire;

public sealed record ReleaseView(string Id, int Number, string ManifestHash, string CreatedBy, DateTimeOffset CreatedAt)
{
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? Commit { get; init; }

    /// <summary>Who pinned it, so that it stays whatever environments keep; "" when nobody did.</summary>
    public string PinnedBy { get; init; } = "";

    public string PinReason { get; init; } = "";

    /// <summary>Since when it is history only: its images and files were let go.</summary>
    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>Environments it serves now.</summary>
    public IReadOnlyList<string> Serves { get; init; } = [];
}

public sealed record DeployRequest(DeploymentSource Source)
{
    /// <summary>Refuse unless this is still the plan.</summary>
    public string? Plan { get; init; }

    /// <summary>Replace instances even where nothing changed.</summary>
    public bool Force { get; init; }

    public string Reason { get; init; } = "";

    /// <summary><c>all</c>: wait for the deployments before this one; <c>newest</c>: take the place of those that have not begun.</summary>
    public string Queue { get; init; } = "all";
}

/// <param name="Holder">Which davitd ran it last, and under which fence; "" before it ran.</param>
public sealed record PhaseView(string Phase, string Status, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string Detail, string Holder = "");

public sealed record DeploymentView(string Id, int Number, string Kind, string State, bool Final, string Actor, DateTimeOffset CreatedAt)
{
    public string? Release { get; init; }

    public int? ReleaseNumber { get; init; }

    public string Text { get; init; } = "";

    public DateTimeOffset? FinishedAt { get; init; }

    public IReadOnlyList<PhaseView> Phases { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public ProblemBody? Problem { get; init; }

    public string Reason { get; init; } = "";

    public string? PlanHash { get; init; }

    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>The environment served exactly this already; nothing was touched.</summary>
    public bool Unchanged { get; init; }

    /// <summary>Set for a deployment that goes, or went, step by step.</summary>
    public CanaryView? Canary { get; init; }

    /// <summary>Grows with every change; what a waiting reader has seen.</summary>
    public long Version { get; init; }

    public static string StateOf(DeploymentState state) => state switch
    {
        DeploymentState.Queued => "queued",
        DeploymentState.Waiting => "waiting",
        DeploymentState.Running => "running",
        DeploymentState.Live => "live",
        DeploymentState.Replaced => "replaced",
        DeploymentState.Failed => "failed",
        DeploymentState.Cancelled => "cancelled",
        DeploymentState.Superseded => "superseded",
    };
}

/// <summary>A release that serves a share of the clients and is held against the one that serves the others.</summary>
/// <param name="State"><c>running</c>, <c>paused</c>, <c>promoted</c> or <c>aborted</c>.</param>
/// <param name="Step">Counted from 1.</param>
/// <param name="Percent">The share of this step.</param>
public sealed record CanaryView(string Deployment, string State, int Step, int Steps, int Percent)
{
    /// <summary>Why it is in this state; "" while it runs.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Since when the share is served.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the next step begins if all goes well; null while it is paused.</summary>
    public DateTimeOffset? Until { get; init; }

    public required SideView Old { get; init; }

    public required SideView New { get; init; }
}

/// <summary>What one side has answered since the canary began.</summary>
/// <param name="Errors">Answers of 500 and above.</param>
public sealed record SideView(long Requests, long Errors, long P95Milliseconds);

/// <param name="Action"><c>promote</c>, <c>pause</c>, <c>resume</c> or <c>abort</c>.</param>
public sealed record CanaryRequest(string Action);

public sealed record PlanView(string Hash, string App, string Env, bool Empty)
{
    public IReadOnlyList<PlanServiceView> Services { get; init; } = [];

    public IReadOnlyList<string> Steps { get; init; } = [];

    public IReadOnlyList<string> Routes { get; init; } = [];

    public IReadOnlyList<FaultBody> Notes { get; init; } = [];
}

/// <param name="Action"><c>keep</c>, <c>add</c>, <c>replace</c> or <c>remove</c>.</param>
/// <param name="Downtime"><c>none</c>, or <c>stop-first</c> with its reason.</param>
public sealed record PlanServiceView(string Name, string Kind, string Action, string Downtime, IReadOnlyList<string> Changes)
{
    public string KindReason { get; init; } = "";

    public int Scale { get; init; }
}

public sealed record StatusView(string App, string Env, string State, DateTimeOffset SeenAt)
{
    public string? Release { get; init; }

    public int? ReleaseNumber { get; init; }

    public string? Deployment { get; init; }

    public IReadOnlyList<ServiceStatusView> Services { get; init; } = [];

    public IReadOnlyList<string> Urls { get; init; } = [];

    public IReadOnlyList<ConditionView> Conditions { get; init; } = [];

    public IReadOnlyList<VolumeView> Volumes { get; init; } = [];

    public DeploymentView? Running { get; init; }

    /// <summary><c>paused</c> or <c>maintenance</c>; "" while requests are answered.</summary>
    public string Traffic { get; init; } = "";

    public string TrafficMessage { get; init; } = "";
}

/// <summary>What the edge does with new requests of an environment.</summary>
/// <param name="Mode"><c>serving</c>, <c>paused</c> or <c>maintenance</c>.</param>
public sealed record TrafficRequest(string Mode)
{
    /// <summary>Shown to people while in maintenance.</summary>
    public string Message { get; init; } = "";

    /// <summary>Addresses and networks that are answered all the same.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>How long a request waits while paused; the default is 30.</summary>
    public double? HoldSeconds { get; init; }
}

public sealed record TrafficView(string Mode, string Message, IReadOnlyList<string> Allow, double HoldSeconds);

public sealed record ServiceStatusView(string Id, string Name, string Kind, int Wanted, int Ready, string Reason)
{
    public IReadOnlyList<InstanceView> Instances { get; init; } = [];
}

public sealed record InstanceView(string Id, string Name, string Service, string State, string Release, DateTimeOffset? Since, int Restarts)
{
    public string Address { get; init; } = "";

    public string Image { get; init; } = "";

    public string EdgeHealth { get; init; } = "";

    public bool Serving { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }
}

/// <summary>Why something is not as wished.</summary>
public sealed record ConditionView(string Name, string Subject, string Detail, string Hint);

public sealed record RouteView(string Id, string Kind, string Host, string Path, string Service, int? Listen, string Url);

public sealed record ScaleRequest(IReadOnlyDictionary<string, int> Services);

public sealed record StopRequest(bool Stopped);

public sealed record LogLineView(DateTimeOffset At, string Service, string Instance, string Stream, string Text, string Cursor);

public sealed record ExecRequest(IReadOnlyList<string> Command)
{
    public string Service { get; init; } = "";

    public string Instance { get; init; } = "";

    public bool Tty { get; init; }

    public bool Stdin { get; init; }

    public string? User { get; init; }

    public string? WorkingDirectory { get; init; }

    public int Columns { get; init; } = 80;

    public int Rows { get; init; } = 24;

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>One use, within a minute.</summary>
public sealed record ExecGrant(string Id, string Instance, DateTimeOffset ExpiresAt);

public sealed record RunRequest(string Service, IReadOnlyList<string> Command)
{
    public string? Deadline { get; init; }
}

/// <summary>One item of a run's output; the last one carries the exit code.</summary>
public sealed record RunLine(string Stream, string Text, int? ExitCode = null);
