using Davit.Planning.Configuring;
using Davit.Planning.Instances;

namespace Davit.Planning.Wishes;

/// <summary>What an environment adds to a release.</summary>
/// <param name="Owner">Installation, org, app and environment.</param>
/// <param name="App">The app's name.</param>
/// <param name="Env">The environment's name.</param>
public sealed record WishContext(Ownership Owner, string App, string Env)
{
    /// <summary>Hosts without one of their own are made below it; "" makes them below <c>localhost</c>.</summary>
    public string BaseDomain { get; init; } = "";

    /// <summary>Where content-addressed trees lie on the machine of the runtime.</summary>
    public string ContentRoot { get; init; } = "";

    /// <summary>Anything new makes every instance new: what a restart and a forced deployment set.</summary>
    public string Generation { get; init; } = "";

    /// <summary>The port that users reach HTTP routes by.</summary>
    public int HttpPort { get; init; } = 80;

    public string Org { get; init; } = "";

    public string Project { get; init; } = "";

    /// <summary>What is known of the commit a release was made from.</summary>
    public EquatableMap Git { get; init; }

    /// <summary>What is set for the environment.</summary>
    public EnvConfiguration Configuration { get; init; } = EnvConfiguration.Empty;

    /// <summary>What becomes of it for the services of the release.</summary>
    internal AppConfiguration? Configured { get; init; }

    /// <summary>Reads a config's bytes by its digest.</summary>
    public Func<string, byte[]> ReadFile { get; init; } = _ => [];

    /// <summary>The runtime's name of a network or volume of this environment.</summary>
    public string ObjectName(string key) => $"{App}-{Env}-{key}-{Davit.Model.Id.Tail(Owner.Env)}".ToLowerInvariant();
}
