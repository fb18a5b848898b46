using Davit.Model;
using Davit.Model.Access;
using Davit.Store.People;
using Npgsql;

namespace Davit.ControlPlane.Access;

/// <summary>Scopes as people write them: an id, or <c>project/app/env</c> by name.</summary>
internal static class ScopeNames
{
    /// <param name="text">Null for the org.</param>
    /// <exception cref="ProblemException">DV4001 when the org has no such thing.</exception>
    public static async Task<AccessTarget> FindAsync(NpgsqlConnection db, OrgId org, string? text, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(text))
            return AccessTarget.Of(org);
        if (Id.Looks(text))
            return await ScopeTable.GetAsync(db, org, Ref(text), ct) ?? throw new ProblemException(ApiProblems.NothingHas(text));
        var parts = text.Split('/');
        if (parts.Length > 3)
            throw new ProblemException(ApiProblems.Missing("scope", text, "Write it as an id, or as project/app/env."));
        var found = await ScopeTable.FindAsync(db, org, new(parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2)), ct);
        return found.Missing is var (kind, name) ? throw new ProblemException(ApiProblems.Missing(kind, name)) : found.Target;
    }

    private static ScopeRef Ref(string id) => id[..3] switch
    {
        "org" => new(ScopeLevel.Org, Id.Parse<OrgId>(id).Value),
        "prj" => new(ScopeLevel.Project, Id.Parse<ProjectId>(id).Value),
        "app" => new(ScopeLevel.App, Id.Parse<AppId>(id).Value),
        _ => new(ScopeLevel.Env, Id.Parse<EnvId>(id).Value),
    };
}
