using System.Text.Json;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Hosting;
using Davit.Manifest;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Releasing;

/// <summary>Joins a release and an environment into a wish.</summary>
internal sealed class WishMaker(ServerOptions options, Installation installation, ContentStore content)
{
    public Wish Make(AppManifest app, ReleaseId release, ReleaseContents contents, EnvRow env, string generation) =>
        WishBuilder.Build(app, release, contents, Context(env, generation));

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

    private WishContext Context(EnvRow env, string generation) => new(new Ownership(installation.Id, env.OrgId, env.AppId, env.Id), env.AppName, env.Name)
    {
        BaseDomain = options.BaseDomain,
        ContentRoot = content.Trees,
        Generation = generation,
        ReadFile = digest => digest is "" ? [] : content.ReadBlob(digest),
    };
}

/// <summary>How a release's contents are stored.</summary>
internal static class ReleaseJson
{
    public static string Write(ReleaseContents contents) => JsonSerializer.Serialize(contents, DavitJson.Options);

    public static ReleaseContents Read(ReleaseRow row) => JsonSerializer.Deserialize<ReleaseContents>(row.Services, DavitJson.Options)!;
}
