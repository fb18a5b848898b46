using System.CommandLine;
using Davit.Cli.Configuring;
using Davit.Cli.People;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Resources;

/// <summary>The resources that have names.</summary>
internal static class ResourceKinds
{
    public static Command Projects() => new ResourceKind<ProjectView>(
        "project", "projects of the org", a => $"{a.OrgPath}/projects", WireJson.Default.PageProjectView, ["NAME", "ID", "DESCRIPTION"], p => [p.Name, p.Id, p.Description]).ToCommand();

    public static Command Apps() => new ResourceKind<AppView>(
        "app", "apps of the project", a => $"{a.Project}/apps", WireJson.Default.PageAppView, ["NAME", "ID", "DESCRIPTION"], p => [p.Name, p.Id, p.Description]).ToCommand();

    public static Command Envs() => new ResourceKind<EnvView>(
        "env", "environments of the app", a => $"{a.AppPath}/envs", WireJson.Default.PageEnvView, ["NAME", "ID", "STATE"], e => [e.Name, e.Id, e.State])
    {
        DeletesInBackground = true,
        List = kind => new EnvList(kind),
    }.ToCommand(
        new Protection("protect", "Protect an environment: writes need a grant made for it, or one that reaches protected ones.", protects: true), new Protection("unprotect", "Let grants on the app reach the environment again.", protects: false),
        new EnvInherit());

    public static Command Orgs() => new Noun("org", "Look at the orgs you belong to, and make another.")
    {
        new ResourceList<OrgView>(Org), new ResourceGet<OrgView>(Org), new ResourceCreate<OrgView>(Org), new ResourceUpdate<OrgView>(Org), new OrgSet(), new OrgDelete(), new OrgRestore(), new OrgSuspend(), new OrgResume(),
    };

    private static ResourceKind<OrgView> Org { get; } = new("org", "orgs you belong to", _ => "v1/orgs", WireJson.Default.PageOrgView, ["NAME", "ID"], o => [o.Name, o.Id]);
}
