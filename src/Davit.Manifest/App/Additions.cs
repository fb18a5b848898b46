using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Davit.Manifest;

/// <summary>Files served by the edge itself.</summary>
public sealed record StaticSpec
{
    /// <summary>Relative to the app directory.</summary>
    public required string Directory { get; init; }

    /// <summary>Unknown paths answer with <c>index.html</c>.</summary>
    public bool IsSinglePage { get; init; }

    /// <summary>The page of a 404 answer, relative to <see cref="Directory"/>.</summary>
    public string? NotFound { get; init; }

    public ImmutableArray<HeaderRuleSpec> Headers { get; init; } = [];
}

/// <summary>Headers for paths that match; <c>*</c> stands for any characters.</summary>
public sealed record HeaderRuleSpec(string Match, ImmutableSortedDictionary<string, string> Headers);

/// <summary>When a job runs by itself: five-field cron in a time zone.</summary>
public sealed record ScheduleSpec(string Cron)
{
    public string TimeZone { get; init; } = "UTC";

    public JobConcurrency Concurrency { get; init; } = JobConcurrency.Forbid;

    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(1);

    public int Retries { get; init; }

    public int Keep { get; init; } = 10;

    /// <summary>A run that was missed is made up for once.</summary>
    public bool RunsMissedOnce { get; init; }
}

public enum JobConcurrency
{
    Forbid,
    Queue,
    Replace,
}

/// <summary>A command run once per deployment in a one-off instance of the new image.</summary>
public sealed record ReleaseCommandSpec(string Name, string Service, ImmutableArray<string> Command)
{
    public ReleaseMoment When { get; init; } = ReleaseMoment.Before;

    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The old code keeps working after this command, so a rollback may cross it.</summary>
    public bool IsBackward { get; init; }
}

public enum ReleaseMoment
{
    Before,
    After,
    Manual,
}

/// <summary>A smoke check of a new release before it takes traffic.</summary>
public sealed record CheckSpec(string Name, CheckProbe Probe)
{
    /// <summary>The service asked; <see langword="null"/> is the one routed at the path.</summary>
    public string? Service { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public int Attempts { get; init; } = 3;
}

/// <summary>What a check does. Closed: every switch over it names every case.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(CheckProbe.Http), "http")]
[JsonDerivedType(typeof(CheckProbe.Command), "command")]
public abstract record CheckProbe
{
    private CheckProbe()
    {
    }

    public sealed record Http(string Path) : CheckProbe
    {
        public string Method { get; init; } = "GET";

        public string? Host { get; init; }

        public ImmutableSortedDictionary<string, string> Headers { get; init; } = Maps.None;

        public ImmutableArray<StatusRange> Expect { get; init; } = [new(200, 399)];

        public string? Body { get; init; }
    }

    public sealed record Command(string Service, ImmutableArray<string> Arguments) : CheckProbe;
}
