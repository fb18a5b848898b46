using Davit.Model;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Variables;

/// <summary>Refuses a variable that a layer below has locked.</summary>
internal sealed class VariableLocks(Database database)
{
    /// <exception cref="ProblemException">DV7215.</exception>
    public async Task CheckAsync(ConfigPlace place, VariableDraft draft, CancellationToken ct)
    {
        foreach (var (below, label) in await BelowAsync(place, draft, ct))
        {
            if (await database.ReadAsync(db => VariableTable.FindAsync(db, below, "", draft.Name, ct), ct) is { Locked: true })
                throw new ProblemException(VariableProblems.Locked(draft.Name, label));
        }
    }

    private async Task<IReadOnlyList<(ConfigPlace Place, string Label)>> BelowAsync(ConfigPlace place, VariableDraft draft, CancellationToken ct)
    {
        var below = new List<(ConfigPlace, string)>();
        if (place.Kind is not "org")
            below.Add((new(place.Org), "org"));
        if (place.App is { } app && await database.ReadAsync(db => AppTable.GetAsync(db, app, ct), ct) is { } ofApp)
            below.Add((new(place.Org) { Project = ofApp.ProjectId }, "project"));
        if (place.Env is not { } env || await database.ReadAsync(db => EnvTable.GetAsync(db, env, ct), ct) is not { } row)
            return below;

        if (await database.ReadAsync(db => AppTable.GetAsync(db, row.AppId, ct), ct) is { } owner)
            below.Add((new(place.Org) { Project = owner.ProjectId }, $"project {row.ProjectName}"));
        below.Add((new(place.Org) { App = row.AppId }, $"app {row.AppName}"));
        foreach (var giver in (await database.ReadAsync(db => InheritanceTable.ChainAsync(db, env, ct), ct)).Skip(1))
            below.Add((new(place.Org) { Env = giver.Id }, $"env {giver.Name}"));
        if (draft.Service is not "")
            below.Add((place, $"env {row.Name}"));
        return below;
    }
}
