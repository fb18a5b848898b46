using System.CommandLine;
using Davit.Cli.Auditing;
using Davit.Cli.Completing;
using Davit.Cli.Configuring;
using Davit.Cli.Contracts;
using Davit.Cli.Deploying;
using Davit.Cli.Edges;
using Davit.Cli.Limits;
using Davit.Cli.Looking;
using Davit.Cli.Manifests;
using Davit.Cli.Operating;
using Davit.Cli.People;
using Davit.Cli.Resources;
using Davit.Cli.Running;
using Davit.Cli.Serving;
using Davit.Cli.Shell;
using Davit.Cli.Volumes;
using Davit.Wire;

namespace Davit.Cli;

/// <summary>The whole command line, readable at a glance. A verb exists because it has a line here.</summary>
internal static class CommandTree
{
    /// <summary>The words that can stand first, and what each of them begins.</summary>
    private static readonly (string Words, Func<Command> Make)[] Top =
    [
        ("up", () => new Up()), ("deploy", () => new Deploy()), ("plan", () => new Plan()), ("rollback", () => new Rollback()),
        ("cancel", () => new Cancel("cancel")), ("wait", () => new Wait("wait")), ("status", () => new Status()), ("list", () => new AppList()),
        ("releases", () => new ReleaseList("releases", "releases")), ("deployments history", () => new DeploymentList("deployments", "deployments") { Aliases = { "history" } }),
        ("logs", () => new Logs()), ("events", () => new Events("events", "events", follows: false)), ("why", () => new Why("why")), ("describe", () => new Describe()),
        ("open", () => new Open()), ("exec", () => new Exec()), ("run", () => new Run()), ("scale", () => new Scale("scale")), ("restart", () => new Restart("restart")),
        ("stop", () => new Stopping("stop", "Stop everything of an environment; data and configuration stay.", stopped: true)),
        ("start", () => new Stopping("start", "Start a stopped environment again.", stopped: false)), ("delete", () => new Delete()), ("gc", () => new Gc()),
        ("pause", () => new Pause("pause")), ("resume", () => new Resume("resume")), ("maintenance", () => TrafficOptions.Maintenance("maintenance")),
        ("canary", Canary.Make), ("drift", () => new Drift()),
        ("reconcile", () => new Command("reconcile", "Look at the loop that keeps environments as they are wished.")
        {
            new Reconcile("status", "Show which davitd leads, what it is doing, and the deployments under way.", onlyStuck: false),
            new Reconcile("stuck", "Show the deployments that are past their deadline or that nobody works on.", onlyStuck: true),
        }),
        ("contract contracts", () => new Noun("contract", "Compare contracts and see what a change breaks.")
        {
            new ContractDiff(), new ContractCheck(), new ContractLint(), new ContractChangelog(), new ContractExplain(), new ContractAccept(), new ContractRules(),
            new Noun("waiver", "Look at what is permitted until a day.") { new WaiverList() }, new Command("policy", "Try the policy that contracts are judged by.") { new PolicyTests() },
        }),
        ("validate", () => new Validate()), ("schema", () => new Schema()),
        ("manifest", () => new Command("manifest", "Look at the app's files.") { new ManifestShow() }),
        ("config", () => new Command("config", "Ask where values come from.") { new ConfigExplain() }),
        ("org orgs", ResourceKinds.Orgs), ("project projects", ResourceKinds.Projects), ("app apps", ResourceKinds.Apps), ("env envs", ResourceKinds.Envs),
        ("setup", () => new Setup()), ("join", () => new Join()),
        ("profile", () => new Command("profile", "Look after your own account.") { new ProfileShow(), new ProfilePassword(), new ProfileAuthenticator(), new RecoveryCodes() }),
        ("passkey passkeys", () => new Noun("passkey", "Look after your passkeys; they are made in a browser.") { new PasskeyList(), new PasskeyRename(), new PasskeyDelete() }),
        ("identity", () => new Noun("identity", "Look at the identities that open your account.", hasPlural: false) { new IdentityList(), new IdentityUnlink() }),
        ("session sessions", () => new Noun("session", "Look at where you are signed in, and sign out there.") { new SessionList(), new SessionEnd(), new SessionEndAll(), new SessionProve() }),
        ("device", () => new Command("device", "Answer devices that ask to be let in.")
        {
            new DeviceAnswering("approve", "Let a device in as you.", approves: true), new DeviceAnswering("deny", "Keep a device out.", approves: false),
        }),
        ("member members", () => new Noun("member", "Look at and change who belongs to the org.") { new MemberList(), new MemberGet(), new MemberInvite(), new People.MemberUpdate(), new MemberRemove(), new MemberLeave() }),
        ("invitation invitations", () => new Noun("invitation", "Look at invitations and take them back.") { new InvitationList(), new InvitationRenew(), new InvitationRevoke() }),
        ("team teams", () => new Noun("team", "Look at and change teams.")
        {
            new ResourceList<TeamView>(Teams.Kind), new ResourceGet<TeamView>(Teams.Kind), new TeamCreate(), new ResourceUpdate<TeamView>(Teams.Kind), new ResourceDelete<TeamView>(Teams.Kind), new TeamMembers(), new TeamAdd(), new TeamRemove(),
        }),
        ("permission permissions", () => new Noun("permission", "Look at what can be permitted.") { new PermissionList() }),
        ("role roles", () => new Noun("role", "Look at roles, and make your own.") { new RoleList(), new RoleGet(), new RoleMatrix(), new RoleCreate(), new People.RoleUpdate(), new RoleDelete() }),
        ("grant grants", () => new Noun("grant", "Give roles on something, and take them away.") { new GrantList(), new GrantCreate(), new GrantDelete() }),
        ("access", () => new Command("access", "Ask who may do what, and why.") { new AccessExplain(), new AccessWho() }),
        ("token tokens", () => new Noun("token", "Make tokens for programs and revoke them.") { new TokenList(), new TokenCreate(), new TokenJwt(), new TokenRevoke(), new TokenRevokeAll(), new TokenExchange() }),
        ("sso", SingleSignOn.Make), ("trust", Trust.Make),
        ("principal principals", () => new Noun("principal", "Look at and change principals that are no persons.")
        {
            new ResourceList<PrincipalView>(Principals.Kind), new ResourceGet<PrincipalView>(Principals.Kind), new ResourceCreate<PrincipalView>(Principals.Kind), new ResourceDelete<PrincipalView>(Principals.Kind),
        }),
        ("release", () => new Noun("release", "Look at releases and pin them.", hasPlural: false) { new ReleaseList("list", "release list"), new ReleaseGet(), new ReleaseManifest(), new ReleasePin(), new ReleaseUnpin() }),
        ("deployment", () => new Noun("deployment", "Look at deployments, wait for them and end them.", hasPlural: false)
        {
            new DeploymentList("list", "deployment list"), new DeploymentGet(), new Wait("deployment wait"), new Cancel("deployment cancel"), new Why("deployment why"),
        }),
        ("service services", () => new Noun("service", "Look at services and operate them.") { new ServiceList(), Listed.Service(), new Scale("service scale"), new Restart("service restart") }),
        ("instance instances", () => new Noun("instance", "Look at instances.") { new InstanceList(), Listed.Instance() }),
        ("route routes", () => new Noun("route", "Look at routes.") { new RouteList(), Listed.Route(), new Pause("route pause"), new Resume("route resume"), TrafficOptions.Maintenance("route maintenance") }),
        ("volume volumes", () => new Noun("volume", "Look at volumes: who uses them, and how old the last proven restore is.") { new VolumeList(), new VolumeGet(), new VolumeDelete(), Snapshots.Make() }),
        ("backup backups", () => new Noun("backup", "Back volumes up, restore them, and prove that they can be restored.")
        {
            new BackupCreate(), new BackupList(), new BackupGet(), new BackupVerify(), new BackupProve(), new BackupRestore(), new BackupSchedule(),
        }),
        ("secret secrets", Secrets.Make), ("variable variables", Variables.Make),
        ("receipt receipts", () => new Noun("receipt", "Look at and check receipts.") { new ReceiptList(), new ReceiptGet(), new ReceiptVerify() }),
        ("event", () => new Noun("event", "Look at and check the event log.", hasPlural: false)
        {
            new Events("list", "event list", follows: false), new Events("tail", "event tail", follows: true), new EventGet(), new EventVerify(),
        }),
        ("audit", () => new Noun("audit", "See who did what, prove that the log is whole, and take it away signed.", hasPlural: false)
        {
            new AuditList(), new AuditVerify(), new AuditExport(), new AuditCheckpoints(),
            new Command("retention", "Look at and set how long events are kept.") { new AuditRetentionShow(), new AuditRetentionSet() },
        }),
        ("quota quotas", () => new Noun("quota", "See how much the org has of what it may have, and set limits.") { new QuotaShow(), new QuotaSet() }),
        ("limit limits", () => new Noun("limit", "See and set how fast callers may ask, and from where.") { new LimitShow(), new LimitSet() }),
        ("key keys", () => new Noun("key", "Look at the master keys of the installation, and make new ones.") { new KeyStatus(), new KeyRotate() }),
        ("server", () => new Command("server", "Look at the server.") { new ServerStatus(), new Capabilities("server capabilities"), new Doctor("server doctor"), new ServerOpenApi(), new ServerKey() }),
        ("edge", () => new Command("edge", "Look at the edge and replace its program.") { new EdgeState(), new EdgeUpgrade() }),
        ("context", () => new Command("context", "Choose what commands are about.") { new ContextShow(), new ContextUse(), new ContextClear() }),
        ("login", () => new Login()), ("logout", () => new Logout()), ("whoami", () => new WhoAmI()), ("doctor", () => new Doctor("doctor")),
        ("capabilities", () => new Capabilities("capabilities")), ("completion", () => new Completion()), ("complete", () => new Complete()), ("version", () => new Serving.Version()),
    ];

    public static RootCommand Build() => Build(Top);

    /// <summary>Only the branch that a command line begins with, so that a start does not pay for all the others; everything when it begins with none.</summary>
    public static RootCommand For(IReadOnlyList<string> line)
    {
        var branch = line is [var first, ..] ? Top.Where(t => t.Words.Split(' ').Contains(first, StringComparer.Ordinal)).ToArray() : [];
        return Build(branch is [] ? Top : branch);
    }

    private static RootCommand Build(IEnumerable<(string Words, Func<Command> Make)> branches)
    {
        var root = new RootCommand("Davit deploys multi-service applications without downtime, and brings them back.");
        foreach (var (_, make) in branches)
            root.Add(make());
        foreach (var option in GlobalOptions.All)
            root.Add(option);
        HelpWithExample.Install(root);
        return root;
    }
}
