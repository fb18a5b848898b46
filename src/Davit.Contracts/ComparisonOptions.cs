using Davit.Contracts.Policies;

namespace Davit.Contracts;

/// <summary>What a comparison depends on besides the contracts.</summary>
/// <param name="Today">The day that end dates are measured against.</param>
public sealed record ComparisonOptions(DateOnly Today)
{
    /// <summary>One of <see cref="ContractKind.Names"/>; null when the contracts tell.</summary>
    public string? Format { get; init; }

    /// <summary>Gives what an http or https address answers, null where there is nothing; references to other machines are refused without it.</summary>
    public Func<Uri, byte[]?>? Fetch { get; init; }

    /// <summary>One of <see cref="Profiles.Profile.Names"/>.</summary>
    public string Profile { get; init; } = "davit";

    /// <summary>Days between the announcement and the end of something stable, 0 to 3,650; 0 makes end dates optional.</summary>
    public int StableNoticeDays { get; init; }

    /// <summary>The same for what is in beta.</summary>
    public int BetaNoticeDays { get; init; }

    /// <summary>What the profile <c>openapi-diff</c> counts besides what it counts by itself, such as <c>response.min.length.increased</c>.</summary>
    public IReadOnlyCollection<string> Switches { get; init; } = [];

    /// <summary>What is taken away from the front of the paths of the old contract, such as <c>/v1</c>.</summary>
    public string StripOldPrefix { get; init; } = "";

    /// <summary>The same for the new contract.</summary>
    public string StripNewPrefix { get; init; } = "";

    /// <summary>What the team agreed on. Its profile, its level to fail on and its notice days are for the host to take over.</summary>
    public ContractPolicy Policy { get; init; } = ContractPolicy.None;

    /// <summary>The consumer that the comparison is made for; empty for all. Some permissions are for one alone.</summary>
    public string Consumer { get; init; } = "";

    /// <summary>What holds for GraphQL alone.</summary>
    public GraphQlOptions GraphQl { get; init; } = new();

    /// <summary>What holds for AsyncAPI alone.</summary>
    public AsyncApiOptions AsyncApi { get; init; } = new();

    /// <summary>What holds for Protobuf alone.</summary>
    public ProtobufOptions Protobuf { get; init; } = new();
}
