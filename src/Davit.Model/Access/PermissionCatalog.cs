using System.Collections.Frozen;
using System.Collections.Immutable;
using static Davit.Model.Access.BuiltInRoles;
using static Davit.Model.Access.ScopeLevel;

namespace Davit.Model.Access;

/// <summary>Every permission there is. API, command line, console and documentation are driven by this one table.</summary>
public static class PermissionCatalog
{
    public static ImmutableArray<PermissionEntry> All { get; } =
    [
        Risky("server:read", "see the health, disks and garbage of the installation", Installation, null) with { IsRead = true },
        Risky("server:collect", "collect garbage", Installation, null),
        Risky("edge:read", "see what the edge serves", Installation, null) with { IsRead = true },
        Risky("edge:upgrade", "replace the running edge", Installation, null),
        Risky("org:create", "make another org", Installation, null),
        Risky("org:suspend", "suspend orgs, let them go on, and bring deleted ones back", Installation, null),
        Risky("quota:set", "set the quotas of orgs", Installation, null),
        Risky("key:read", "see the master keys and how many keys each of them wraps", Installation, null) with { IsRead = true },
        Risky("key:rotate", "make a new master key and wrap every key with it", Installation, null),

        Read("org:read", "see the org and its name", Org, Viewer) with { FlowsUp = true },
        Write("org:update", "rename the org and change its settings", Org, Admin),
        Risky("org:delete", "delete the org", Org, Owner),
        Read("member:read", "see who belongs to the org", Org, Viewer),
        Write("member:invite", "invite people", Org, Admin),
        Write("member:update", "change the role of members, suspend them", Org, Admin),
        Write("member:remove", "remove members", Org, Admin),
        Risky("owner:manage", "make, lower and remove owners", Org, Owner),
        Read("team:read", "see teams and who is in them", Org, Viewer),
        Write("team:manage", "make, change and delete teams", Org, Admin),
        Read("role:read", "see roles and what they hold", Org, Viewer),
        Risky("role:manage", "make, change and delete custom roles", Org, Admin),
        Read("grant:read", "see grants, and explain who can do what", Org, Member),
        Risky("access:grant", "grant roles, and take them away", Env, Admin),
        Write("token:create", "make tokens of one's own", Org, Member),
        Read("token:read", "see the tokens of everybody", Org, Admin),
        Write("token:revoke", "revoke the tokens of everybody", Org, Admin),
        Read("principal:read", "see service principals", Org, Member),
        Risky("principal:manage", "make service principals and their tokens", Org, Admin),
        Read("sso:read", "see the identity providers of the org", Org, Admin),
        Risky("sso:manage", "choose the identity providers that people sign on with", Org, Owner),
        Read("event:read", "follow events", Org, Member),
        Read("audit:read", "see who did what, and prove that the log is whole", Org, Admin),
        Risky("audit:export", "take the audit log away", Org, Admin) with { IsRead = true },
        Read("quota:read", "see quotas and limits, and how much of them is used", Org, Viewer),
        Risky("org:policy", "set how long events are kept, how fast callers may ask, and from where", Org, Owner),
        Read("receipt:read", "read receipts", Org, Viewer),
        Read("reconcile:read", "see what davitd is at work on", Org, Viewer),

        Read("project:read", "see projects", Project, Viewer) with { FlowsUp = true },
        Write("project:create", "make projects", Org, Developer),
        Write("project:update", "rename projects", Project, Developer),
        Write("project:delete", "delete projects", Project, Admin),
        Read("app:read", "see apps", App, Viewer) with { FlowsUp = true },
        Write("app:create", "make apps", Project, Developer),
        Write("app:update", "rename apps", App, Developer),
        Write("app:delete", "delete apps", App, Developer),
        Read("release:read", "see releases and their manifests", App, Viewer) with { FlowsUp = true },
        Write("release:pin", "keep a release from being collected", App, Developer),
        Write("upload:create", "upload sources", App, Developer) with { FlowsUp = true },

        Read("env:read", "see environments, services, instances and routes", Env, Viewer) with { FlowsUp = true },
        Write("env:create", "make environments", App, Developer),
        Write("env:delete", "delete environments", Env, Developer),
        Write("env:scale", "change the number of instances", Env, Developer),
        Write("env:stop", "stop and start an environment", Env, Developer),
        Write("env:traffic", "pause traffic and show maintenance", Env, Developer),
        Write("env:drift", "choose whether drift is repaired", Env, Developer),
        Risky("env:protect", "protect an environment, and lift that", Env, Admin),
        Read("deployment:read", "see deployments", Env, Viewer),
        Read("deployment:plan", "make plans", Env, Member),
        Write("deployment:create", "deploy, redeploy and roll back", Env, Developer),
        Write("deployment:cancel", "cancel deployments", Env, Developer),
        Write("deployment:canary", "steer canaries", Env, Developer),
        Read("log:read", "read logs", Env, Member),
        Risky("instance:exec", "run commands in instances", Env, Developer) with { FlowsUp = true },
        Read("variable:read", "see variables and where values come from", Env, Member),
        Write("variable:set", "set and define variables, choose where an environment takes them from", Env, Developer),
        Read("secret:list", "see which secrets are set and what uses them", Env, Member),
        Write("secret:set", "set, import and take away secrets", Env, Developer),
        Write("secret:rotate", "give secrets new values", Env, Developer),
        Read("volume:read", "see volumes and snapshots", Env, Viewer),
        Write("volume:backup", "back up and snapshot volumes", Env, Developer),
        Risky("volume:restore", "put older data in the place of newer", Env, Developer),
        Risky("volume:delete", "delete volumes and snapshots", Env, Developer),
        Read("backup:read", "see backups", Env, Viewer),

        Risky("runtime:host-path", "mount directories of the host", Env, Owner),
        Risky("runtime:privileged", "run privileged instances", Env, Owner),
        Risky("runtime:host-network", "run instances in the network, process or IPC space of the host", Env, Owner),
        Risky("runtime:engine-socket", "mount the socket of the container engine", Env, Owner),
        Risky("runtime:capabilities", "add capabilities, devices and security options", Env, Owner),
        Risky("source:server-path", "deploy from a repository that lies on the machine of davitd", Env, Owner),
    ];

    private static readonly FrozenDictionary<string, PermissionEntry> ByName = All.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

    public static PermissionEntry? Find(string name) => ByName.GetValueOrDefault(name);

    private static PermissionEntry Read(string name, string purpose, ScopeLevel level, string? from) => new(name, purpose, level, from) { IsRead = true };

    private static PermissionEntry Write(string name, string purpose, ScopeLevel level, string? from) => new(name, purpose, level, from);

    private static PermissionEntry Risky(string name, string purpose, ScopeLevel level, string? from) => new(name, purpose, level, from) { IsHighRisk = true };
}
