using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Hosting;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Configuring;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Releasing;

/// <summary>A release and where it goes.</summary>
internal sealed record WishInput(AppManifest App, ReleaseContents Contents, EnvRow Env)
{
    /// <summary>None yet, in a plan.</summary>
    public ReleaseId Release { get; init; }

    /// <summary>Anything new makes every instance new.</summary>
    public string Generation { get; init; } = "";

    /// <summary>What is known of where the release comes from.</summary>
    public JsonObject Provenance { get; init; } = [];

    /// <summary>Variables that are given with this one deployment.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Joins a release and an environment into a wish.</summary>
internal sealed class WishMaker(ServerOptions options, Installation installation, ContentStore content, Database database)
{
    private const int ShortCommit = 8;

    public async Task<Wish> MakeAsync(WishInput input, CancellationToken ct) =>
        WishBuilder.Build(input.App, input.Release, input.Contents, await ContextAsync(input, ct));

    public async Task<WishContext> ContextAsync(WishInput input, CancellationToken ct)
    {
        var configuration = await database.ReadAsync(db => ConfigurationReading.ReadAsync(db, input.Env, ct), ct);
        return Context(input, Overrides.Over(configuration, input.Set));
    }

    /// <summary>The same services with instances of their own: what a restart wishes.</summary>
    public static Wish Renew(Wish wish, string service, string generation) => wish with
    {
        Services = [.. wish.Services.Select(s => s.Static is not null || (service is not "" && s.Name != service) || s.IsJob ? s : Renew(s, generation))],
        Commands = [],
        Takeover = null,
    };

    private static ServiceWish Renew(ServiceWish service, string generation)
    {
        var template = service.Template with { Labels = service.Template.Labels.With("davit.generation", generation) };
        return service with { Template = template, SpecHash = template.SpecHash };
    }

    private WishContext Context(WishInput input, EnvConfiguration configuration)
    {
        var env = input.Env;
        return new(new Ownership(installation.Id, env.OrgId, env.AppId, env.Id), env.AppName, env.Name)
        {
            BaseDomain = options.BaseDomain,
            ContentRoot = content.Trees,
            Generation = input.Generation,
            HttpPort = options.HttpPort,
            Project = env.ProjectName,
            Git = Git(input.Provenance),
            Configuration = configuration,
            ReadFile = digest => digest is "" ? [] : content.ReadBlob(digest),
        };
    }

    private static EquatableMap Git(JsonObject provenance)
    {
        if ((string?)provenance["commit"] is not { } commit)
            return default;
        var facts = EquatableMap.Of(("commit", commit), ("short_commit", commit[..Math.Min(ShortCommit, commit.Length)]));
        return (string?)provenance["reference"] is { } reference and not "HEAD" ? facts.With("branch", reference) : facts;
    }
}

/// <summary>How a release's contents are stored.</summary>
internal static class ReleaseJson
{
    public static string Write(ReleaseContents contents) => JsonSerializer.Serialize(contents, DavitJson.Options);

    public static ReleaseContents Read(ReleaseRow row) => JsonSerializer.Deserialize<ReleaseContents>(row.Services, DavitJson.Options)!;
}
