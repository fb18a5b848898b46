namespace Davit.Drivers;

/// <summary>What the runtime at hand is.</summary>
/// <param name="Version">The runtime's own version.</param>
/// <param name="ApiVersion">The version spoken with it.</param>
/// <param name="Os">Such as <c>linux</c>.</param>
/// <param name="Architecture">Such as <c>amd64</c>.</param>
/// <param name="Size">CPUs and memory.</param>
public sealed record RuntimeFacts(string Version, string ApiVersion, string Os, string Architecture, RuntimeSize Size)
{
    public DriverCapabilities Capabilities { get; init; }

    /// <summary>Where the runtime keeps images and volumes, when that is on this machine; "" otherwise.</summary>
    public string DataRoot { get; init; } = "";

    /// <summary>What the runtime warns of itself, such as a missing swap limit.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

public sealed record RuntimeSize(int Cpus, long MemoryBytes);
