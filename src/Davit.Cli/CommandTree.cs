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
            new Up(), new Deploy(), new Plan(), new Rollback(), new Cancel(), new Wait(),
            new Status(), new AppList(), new ReleaseList(), new DeploymentList(), new Logs(), new Events(), new Why(), new Describe(), new Open(),
            new Exec(), new Run(),
            new Scale(), new Restart(), new Stopping("stop", "Stop everything of an environment; data and configuration stay.", stopped: true),
            new Stopping("start", "Start a stopped environment again.", stopped: false), new Delete(),
            new Validate(), new Schema(), new Command("manifest", "Look at the app's files.") { new ManifestShow() }, new Command("config", "Ask where values come from.") { new ConfigExplain() },
            ResourceKinds.Orgs(), ResourceKinds.Projects(), ResourceKinds.Apps(), ResourceKinds.Envs(),
            new Command("instance", "Look at instances.") { new InstanceList() },
            new Command("route", "Look at routes.") { new RouteList() },
            new Command("receipt", "Look at and check receipts.") { new ReceiptList(), new ReceiptGet(), new ReceiptVerify() },
            new Command("event", "Check the event log.") { new EventVerify() },
            new Command("context", "Choose what commands are about.") { new ContextShow(), new ContextUse(), new ContextClear() },
            new Login(), new Logout(), new WhoAmI(), new Doctor(), new Capabilities(), new Completion(), new Complete(), new Serving.Version(),
        };
        foreach (var option in GlobalOptions.All)
            root.Add(option);
        HelpWithExample.Install(root);
        return root;
    }
}
