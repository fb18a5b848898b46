using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Davit.Manifest;

/// <summary>How one looks whether an instance is ready. Closed: every switch over it names every case.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(HealthProbe.Http), "http")]
[JsonDerivedType(typeof(HealthProbe.Tcp), "tcp")]
[JsonDerivedType(typeof(HealthProbe.Grpc), "grpc")]
[JsonDerivedType(typeof(HealthProbe.Command), "command")]
[JsonDerivedType(typeof(HealthProbe.Always), "none")]
public abstract record HealthProbe
{
    private HealthProbe()
    {
    }

    public sealed record Http(int Port, string Path) : HealthProbe
    {
        public string? Host { get; init; }

        public ImmutableSortedDictionary<string, string> Headers { get; init; } = Maps.None;

        /// <summary>Any of these ranges is healthy.</summary>
        public ImmutableArray<StatusRange> Expect { get; init; } = [new(200, 399)];

        /// <summary>Text the body must contain.</summary>
        public string? Body { get; init; }

        /// <summary>A header the answer must carry, <c>Name: value</c> or only the name.</summary>
        public string? ExpectHeader { get; init; }
    }

    public sealed record Tcp(int Port) : HealthProbe;

    public sealed record Grpc(int Port, string? Service) : HealthProbe;

    /// <summary>Runs in the instance; exit code 0 is healthy.</summary>
    public sealed record Command(ImmutableArray<string> Arguments) : HealthProbe;

    /// <summary>Running is enough.</summary>
    public sealed record Always : HealthProbe;
}

public readonly record struct StatusRange(int From, int To)
{
    public bool Contains(int status) => status >= From && status <= To;

    public override string ToString() => From == To ? $"{From}" : $"{From}-{To}";
}

public sealed record HealthSpec(HealthProbe Probe)
{
    public static HealthSpec None { get; } = new(new HealthProbe.Always());

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    public int Successes { get; init; } = 1;

    public int Failures { get; init; } = 3;

    /// <summary>How long a new instance may take until it is healthy for the first time.</summary>
    public TimeSpan Startup { get; init; } = TimeSpan.FromMinutes(2);

    public HealthOrigin Origin { get; init; } = HealthOrigin.Default;
}

public enum HealthOrigin
{
    /// <summary>Nothing was written: the kind's own rule.</summary>
    Default,
    Compose,
    Davit,
}
