namespace Davit.Console.Envs;

/// <summary>Where an environment is, by the names that its page's address has.</summary>
public sealed record EnvAddress(string Org, string Project, string App, string Env)
{
    public string PagePath => $"/orgs/{Part(Org)}/projects/{Part(Project)}/apps/{Part(App)}/envs/{Part(Env)}";

    public string ApiPath => $"v1{PagePath}";

    public string AppApiPath => $"v1/orgs/{Part(Org)}/projects/{Part(Project)}/apps/{Part(App)}";

    public string OrgApiPath => $"v1/orgs/{Part(Org)}";

    /// <summary>What a command line is to end with to be about this environment.</summary>
    public string Flags => $"--org {Org} --project {Project} --app {App} --env {Env}";

    public static string Part(string name) => Uri.EscapeDataString(name);
}
