using System.Globalization;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Secrets;

/// <summary>One service that runs with a secret.</summary>
/// <param name="Where"><c>app/env/service</c>.</param>
/// <param name="How"><c>file</c> or <c>variable</c>.</param>
internal sealed record SecretUse(string Where, string Env, string Service, string How, int Version);

/// <summary>Says what the serving deployments use of secrets.</summary>
internal sealed class SecretUses(Database database)
{
    public async Task<ILookup<SecretId, SecretUse>> OfOrgAsync(OrgId org, CancellationToken ct)
    {
        var uses = new List<(SecretId Secret, SecretUse Use)>();
        foreach (var env in await database.ReadAsync(db => EnvTable.AllAsync(db, ct), ct))
        {
            if (env.OrgId == org && env.ServingId is { } id && await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) is { Wish: { } wish })
                uses.AddRange(Of(env, WishJson.Read(wish)));
        }

        return uses.ToLookup(u => u.Secret, u => u.Use);
    }

    private static IEnumerable<(SecretId, SecretUse)> Of(EnvRow env, Wish wish) =>
        from service in wish.Services
        from use in Pins(service.Template).Distinct()
        let pin = Parse(use.Version)
        where pin is not null
        select (pin.Value.Id, new SecretUse($"{env.AppName}/{env.Name}/{service.Name}", env.Name, service.Name, use.How, pin.Value.Version));

    private static IEnumerable<(string Version, string How)> Pins(InstanceSpec spec) =>
    [
        .. spec.Files.Items.Select(f => f.Content).OfType<FileContent.Secret>().Select(s => (s.Version, "file")),
        .. spec.Process.SecretEnvironment.Items.SelectMany(v => v.Parts.Items).Where(p => p.IsSecret).Select(p => (p.Version, "variable")),
    ];

    /// <returns>Null for what a release brought itself.</returns>
    public static (SecretId Id, int Version)? Parse(string pin) =>
        pin.Split('@') is [var id, var number] && Id.TryParse<SecretId>(id, out var secret) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? (secret, version) : null;
}
