using Davit.Contracts.Findings;

namespace Davit.Contracts;

/// <summary>How AsyncAPI descriptions are compared.</summary>
public sealed record AsyncApiOptions
{
    /// <summary>The application that is described is the consumer: what it receives is what the provider sends.</summary>
    public bool IsOfClient { get; init; }

    /// <summary>Pointers such as <c>/channels/*</c> that the profile <c>asyncapi-diff</c> judges otherwise than that checker does by itself.</summary>
    public IReadOnlyDictionary<string, AsyncApiLevels> Overrides { get; init; } = new Dictionary<string, AsyncApiLevels>(StringComparer.Ordinal);
}

/// <summary>How bad it is that something came, went or changed; null leaves it to us.</summary>
public sealed record AsyncApiLevels(Severity? Added, Severity? Removed, Severity? Changed);
