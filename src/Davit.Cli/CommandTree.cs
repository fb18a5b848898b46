using System.CommandLine;
using Davit.Cli.Completing;
using Davit.Cli.Deploying;
using Davit.Cli.Looking;
using Davit.Cli.Manifests;
using Davit.Cli.Operating;
using Davit.Cli.Resources;
using Davit.Cli.Running;
using Davit.Cli.Serving;
using Davit.Cli.Shell;

namespace Davit.Cli;

/// <summary>The whole command line, readable at a glance. A verb exists because it has a line here.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand("Davit deploys multi-service applications without downtime, and brings them back.")
        {
            new Up(), new Deploy(), new Plan(), new Rollback(), new Cancel("cancel"), new Wait("wait"),
            new Status(), new AppList(), new ReleaseList("releases", "releases"), new DeploymentList("deployments", "deployments") { Aliases = { "history" } },
            new Logs(), new Events("events", "events", follows: false), new Why("why"), new Describe(), new Open(), new Exec(), new Run(),
            new Scale("scale"), new Restart("restart"), new Stopping("stop", "Stop everything of an environment; data and configuration stay.", stopped: true),
            new Stopping("start", "Start a stopped environment again.", stopped: false), new Delete(),
            new Validate(), new Schema(), new Command("manifest", "Look at the app's files.") { new ManifestShow() }, new Command("config", "Ask where values come from.") { new ConfigExplain() },
            ResourceKinds.Orgs(), ResourceKinds.Projects(), ResourceKinds.Apps(), ResourceKinds.Envs(),
            new Noun("release", "Look at releases.", hasPlural: false) { new ReleaseList("list", "release list"), new ReleaseGet(), new ReleaseManifest() },
            new Noun("deployment", "Look at deployments, wait for them and end them.", hasPlural: false)
            {
                new DeploymentList("list", "deployment list"), new DeploymentGet(), new Wait("deployment wait"), new Cancel("deployment cancel"), new Why("deployment why"),
            },
            new Noun("service", "Look at services and operate them.") { new ServiceList(), Listed.Service(), new Scale("service scale"), new Restart("service restart") },
            new Noun("instance", "Look at instances.") { new InstanceList(), Listed.Instance() },
            new Noun("route", "Look at routes.") { new RouteList(), Listed.Route() },
            new Noun("receipt", "Look at and check receipts.") { new ReceiptList(), new ReceiptGet(), new ReceiptVerify() },
            new Noun("event", "Look at and check the event log.", hasPlural: false)
            {
                new Events("list", "event list", follows: false), new Events("tail", "event tail", follows: true), new EventGet(), new EventVerify(),
            },
            new Command("server", "Look at the server.") { new ServerStatus(), new Capabilities("server capabilities"), new Doctor("server doctor"), new ServerOpenApi(), new ServerKey() },
            new Command("context", "Choose what commands are about.") { new ContextShow(), new ContextUse(), new ContextClear() },
            new Login(), new Logout(), new WhoAmI(), new Doctor("doctor"), new Capabilities("capabilities"), new Completion(), new Complete(), new Serving.Version(),
        };
        foreach (var option in GlobalOptions.All)
            root.Add(option);
        HelpWithExample.Install(root);
        return root;
    }
}
