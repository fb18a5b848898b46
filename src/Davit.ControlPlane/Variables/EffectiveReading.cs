using System.Collections.Immutable;
using Davit.ControlPlane.Releasing;
using Davit.Planning.Configuring;
using Davit.Planning.Instances;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Store.Releasing;
using Davit.Store.Resources;
using Davit.Wire;

namespace Davit.ControlPlane.Variables;

/// <summary>Says what variables and secrets come to in an environment, with the release that serves there.</summary>
internal sealed class EffectiveReading(Database database, ReleaseReading releases, WishMaker wishes)
{
    /// <param name="service">"" is what all services have in common.</param>
    /// <returns>Null when the release has no such service.</returns>
    public async Task<ConfigurationView?> ReadAsync(EnvRow env, string service, CancellationToken ct)
    {
        var chain = await database.ReadAsync(db => InheritanceTable.ChainAsync(db, env.Id, ct), ct);
        var (found, missing, faults) = await OfAsync(env, service, ct);
        return found is null ? null : new ConfigurationView(env.Name, service, [.. found.Names.Values.Select(w => View(w, found))])
        {
            Faults = [.. faults.Select(FaultBody.Of)],
            Missing = missing,
            Inherits = [.. chain.Skip(1).Select(c => c.Name)],
        };
    }

    private async Task<(ServiceConfiguration? Found, string[] Missing, IEnumerable<Model.Fault> Faults)> OfAsync(EnvRow env, string service, CancellationToken ct)
    {
        if (await ServingAsync(env, ct) is not { } read)
        {
            var configuration = await database.ReadAsync(db => ConfigurationReading.ReadAsync(db, env, ct), ct);
            var alone = ServiceConfiguration.Of(service, new Layer(LayerKind.Manifest, "manifest", []), configuration, new ReferenceFacts
            {
                System = EquatableMap.Of(("app", env.AppName), ("env", env.Name), ("project", env.ProjectName)),
            });
            return (alone, [], [.. alone.Faults, .. ServiceConfiguration.Required(configuration, [alone])]);
        }

        var context = await wishes.ContextAsync(new WishInput(read.App, read.Contents, env) { Release = read.Release.Id, Provenance = read.Provenance }, ct);
        var all = AppConfiguration.Of(read.App, read.Contents, context);
        string[] missing = [.. all.Missing(read.App, read.Contents).Select(m => m.Name).Distinct(StringComparer.Ordinal)];
        if (service is "")
            return (AppConfiguration.Common(read.App, read.Contents, context), missing, all.Faults);
        return all.Services.TryGetValue(service, out var one) ? (one, missing, one.Faults) : (null, missing, []);
    }

    private async Task<ReleaseFound?> ServingAsync(EnvRow env, CancellationToken ct)
    {
        var serving = env.ServingId is { } id ? await database.ReadAsync(db => DeploymentTable.GetAsync(db, id, ct), ct) : null;
        return serving?.ReleaseId is { } release ? await releases.FindAsync(env, release.ToString(), ct) : null;
    }

    private static EffectiveView View(Winner winner, ServiceConfiguration found)
    {
        var value = found.Values.GetValueOrDefault(winner.Setting.Name);
        var kind = value is { IsSecret: true } ? "secret" : Kind(winner.Setting);
        return new(winner.Setting.Name, kind, value?.Text ?? "", winner.Layer.Label)
        {
            Written = winner.Setting.Value is SettingValue.Template template ? template.Source : "",
            Locked = winner.Setting.IsLocked,
            Author = winner.Setting.Author,
            At = winner.Setting.At,
            Losers = [.. winner.Losers.Select(l => new LosingView(l.Layer.Label, Kind(l.Setting), Text(l.Setting), l.Setting.Author, l.Setting.At))],
        };
    }

    private static string Kind(Setting setting) => setting.Value switch
    {
        SettingValue.Text => "text",
        SettingValue.Template => "template",
        SettingValue.Secret => "secret",
        SettingValue.Unset => "unset",
    };

    private static string Text(Setting setting) => setting.Value switch
    {
        SettingValue.Text text => text.Value,
        SettingValue.Template template => template.Source,
        SettingValue.Secret secret => $"***({secret.Pin.Name})",
        SettingValue.Unset => "",
    };
}
