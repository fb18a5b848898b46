namespace Davit.Model.Access;

/// <summary>How far a right reaches. Rights flow down.</summary>
public enum ScopeLevel
{
    /// <summary>The installation itself; no org is above it or below it.</summary>
    Installation,
    Org,
    Project,
    App,
    Env,
}

/// <summary>One org, project, app or environment that rights may be granted on.</summary>
public readonly record struct ScopeRef(ScopeLevel Level, Guid Id)
{
    /// <summary>As the API and the command line write it, such as <c>env_019a…</c>.</summary>
    public override string ToString() => Level switch
    {
        ScopeLevel.Org => OrgId.From(Id).ToString(),
        ScopeLevel.Project => ProjectId.From(Id).ToString(),
        ScopeLevel.App => AppId.From(Id).ToString(),
        ScopeLevel.Env => EnvId.From(Id).ToString(),
        _ => "installation",
    };
}
