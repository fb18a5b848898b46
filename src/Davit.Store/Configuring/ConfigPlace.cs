using Davit.Model;

namespace Davit.Store.Configuring;

/// <summary>Where something is set: the environment, or else the app, or else the project, or else the org.</summary>
public sealed record ConfigPlace(OrgId Org)
{
    public ProjectId? Project { get; init; }

    public AppId? App { get; init; }

    public EnvId? Env { get; init; }

    public string Kind => Env is not null ? "env" : App is not null ? "app" : Project is not null ? "project" : "org";

    /// <summary>The id of the thing it is.</summary>
    public string Id => Env?.ToString() ?? App?.ToString() ?? Project?.ToString() ?? Org.ToString();

    /// <summary>As parameters of a statement.</summary>
    internal object Parameters => new { Org, Project = Project?.Value, App = App?.Value, Env = Env?.Value };

    /// <summary>Selects the rows of exactly this place.</summary>
    internal const string Matches =
        "org_id = @Org and project_id is not distinct from @Project::uuid and app_id is not distinct from @App::uuid and env_id is not distinct from @Env::uuid";
}

/// <summary>The four columns of a place, as rows have them.</summary>
public abstract record PlacedRow
{
    public required OrgId OrgId { get; init; }

    public ProjectId? ProjectId { get; init; }

    public AppId? AppId { get; init; }

    public EnvId? EnvId { get; init; }

    public ConfigPlace Place => new(OrgId) { Project = ProjectId, App = AppId, Env = EnvId };
}
