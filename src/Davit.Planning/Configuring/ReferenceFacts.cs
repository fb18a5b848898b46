using Davit.Planning.Instances;

namespace Davit.Planning.Configuring;

/// <summary>What references can name besides variables: everything that is known before an instance starts.</summary>
public sealed record ReferenceFacts
{
    /// <summary>By <c>SERVICE.PROPERTY</c>: url, internal_url, host, port, image.</summary>
    public EquatableMap Services { get; init; }

    public EquatableMap Git { get; init; }

    /// <summary>Reached as <c>davit.…</c> and as <c>system.…</c>.</summary>
    public EquatableMap System { get; init; }

    public EquatableMap Org { get; init; }

    /// <summary>The map that a first segment names; null when it names none.</summary>
    internal EquatableMap? Of(string space) => space switch
    {
        "services" => Services,
        "git" => Git,
        "davit" or "system" => System,
        "org" => Org,
        _ => null,
    };
}
