namespace Davit.Wire;

/// <summary>A value for a secret: text, or bytes as base64, or so many random characters. Write-only: no answer holds one.</summary>
public sealed record SecretRequest
{
    public string? Value { get; init; }

    public string? Base64 { get; init; }

    /// <summary>Make one of so many random letters and digits.</summary>
    public int? Generate { get; init; }

    /// <summary><c>file</c>, or <c>env</c>: also as a variable, which whoever may look at the runtime can read. As before when left away.</summary>
    public string? Deliver { get; init; }

    /// <summary>Take it although it is so short or plain that it cannot be kept out of logs.</summary>
    public bool Force { get; init; }

    /// <summary>The version the change was made for; 0 is none yet.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>Of a rotation: how long older versions stay good; afterwards they end as soon as nothing runs with them. For ever when left away.</summary>
    public long? WindowSeconds { get; init; }
}

/// <summary>A rotation with a window.</summary>
/// <param name="Version">The new one.</param>
/// <param name="EndedAt">From when on nothing starts with an older one; null while the window is open, or something runs with one.</param>
public sealed record SecretRotationView(int Version, DateTimeOffset EndsAt, DateTimeOffset? EndedAt);

/// <summary>A secret without its value.</summary>
/// <param name="Place"><c>org</c>, <c>project</c>, <c>app</c> or <c>env</c>.</param>
public sealed record SecretView(string Id, string Name, string Place, int Version, string Deliver, string Author, DateTimeOffset SetAt)
{
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What runs with it now, as <c>app/env/service</c>, with the version where it is not the present one.</summary>
    public IReadOnlyList<string> UsedBy { get; init; } = [];

    /// <summary>It was taken away; its versions stay for those that go back to them.</summary>
    public bool Unset { get; init; }

    /// <summary>The last rotation that had a window; lists leave it away.</summary>
    public SecretRotationView? Rotation { get; init; }

    /// <summary>Worth knowing about how it is set.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <param name="Origin"><c>given</c>, <c>random</c>, <c>import</c> or <c>rotation</c>.</param>
/// <param name="SameAs">The newest earlier version with the same value, if any.</param>
public sealed record SecretVersionView(int Version, string Origin, string Author, DateTimeOffset SetAt, int? SameAs);

/// <summary>Many secrets at once: all of them or none.</summary>
public sealed record SecretImportRequest(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Only say what would change.</summary>
    public bool DryRun { get; init; }

    public bool Force { get; init; }
}

/// <param name="Change"><c>added</c>, <c>changed</c> or <c>same</c>.</param>
public sealed record SecretChangeView(string Name, string Change);

public sealed record SecretImportView(IReadOnlyList<SecretChangeView> Items, bool DryRun);

/// <summary>What a new version of a secret would do.</summary>
public sealed record SecretPreviewView(string Name, int Version)
{
    public IReadOnlyList<SecretUseView> Uses { get; init; } = [];
}

/// <param name="How">What it is used as: <c>file</c>, <c>variable</c>.</param>
/// <param name="Version">The version it runs with; 0 for what a release brought itself.</param>
/// <param name="Restarts">Whether the next deployment replaces its instances because of it.</param>
public sealed record SecretUseView(string Env, string Service, string How, int Version, bool Restarts);

public sealed record VariableRequest(string Value = "")
{
    /// <summary>References in the value are resolved for each deployment; otherwise it is taken as it is.</summary>
    public bool Template { get; init; }

    /// <summary>Remove what lies below, instead of saying a value.</summary>
    public bool Unset { get; init; }

    /// <summary>No nearer layer may say anything else.</summary>
    public bool Locked { get; init; }

    /// <summary>The version the change was made for; 0 is none yet.</summary>
    public long? ExpectedVersion { get; init; }
}

/// <param name="Form"><c>text</c>, <c>template</c> or <c>unset</c>.</param>
public sealed record VariableView(string Id, string Name, string Place, string Service, string Form, string Value, bool Locked, long Version, string Author, DateTimeOffset UpdatedAt);

/// <summary>What a name comes to in an environment.</summary>
/// <param name="Kind"><c>text</c>, <c>template</c>, <c>secret</c> or <c>unset</c>.</param>
/// <param name="Value">What the process gets; of secrets never the value.</param>
/// <param name="Origin">The layer that says so.</param>
public sealed record EffectiveView(string Name, string Kind, string Value, string Origin)
{
    /// <summary>The value as it was written, where it has references.</summary>
    public string Written { get; init; } = "";

    public bool Locked { get; init; }

    public string Author { get; init; } = "";

    public DateTimeOffset? At { get; init; }

    /// <summary>What other layers say and nobody hears, the nearest first.</summary>
    public IReadOnlyList<LosingView> Losers { get; init; } = [];
}

public sealed record LosingView(string Origin, string Kind, string Value, string Author, DateTimeOffset? At);

/// <summary>All of an environment's names, and what is wrong with them.</summary>
public sealed record ConfigurationView(string Env, string Service, IReadOnlyList<EffectiveView> Items)
{
    public IReadOnlyList<FaultBody> Faults { get; init; } = [];

    /// <summary>Secrets that services need and nobody has set.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whom it takes values from, the nearest first.</summary>
    public IReadOnlyList<string> Inherits { get; init; } = [];
}

public sealed record DefinitionRequest(string Type = "string")
{
    public bool Required { get; init; }

    public string? Default { get; init; }

    public string? Pattern { get; init; }

    public IReadOnlyList<string> Values { get; init; } = [];

    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    public string Description { get; init; } = "";
}

public sealed record DefinitionView(string Name, string Type, bool Required, string? Default, string? Pattern, IReadOnlyList<string> Values, string Description)
{
    public decimal? Min { get; init; }

    public decimal? Max { get; init; }
}

/// <param name="From">The environment to take values from; null takes from none.</param>
/// <param name="GivesSecrets">Whether environments that take values from this one get its secrets.</param>
public sealed record InheritanceRequest(string? From, bool GivesSecrets = false);

public sealed record InheritanceView(string Env, IReadOnlyList<string> From, bool GivesSecrets);
