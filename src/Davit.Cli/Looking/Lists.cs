using System.Text.Json.Serialization.Metadata;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Looking;

/// <summary>A list as a table, or as the wire's items.</summary>
internal abstract class ListVerb<T>(string name, string description, params string[] examples) : Verb(name, description, examples)
{
    protected abstract string[] Head { get; }

    protected abstract JsonTypeInfo<Page<T>> Form { get; }

    protected abstract Task<string> PathAsync(Invocation asked, CancellationToken ct);

    protected abstract string[] Row(T item, Terminal terminal);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var items = new List<T>();
        await foreach (var item in asked.Api.ListAsync(await PathAsync(asked, ct), Form, ct))
            items.Add(item);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(new Page<T>(items, null), Form);
        else
            asked.Terminal.Table(Head, items.Select(i => Row(i, asked.Terminal)));
        return ExitCode.Done;
    }

    protected static string When(DateTimeOffset at, Terminal terminal) => terminal.IsStable ? "" : at.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    protected static string Tail(string? id) => id is { Length: > 8 } ? id[^8..] : "";
}

/// <summary><c>davit release list</c>, and <c>davit releases</c> for short.</summary>
internal sealed class ReleaseList(string name, string line) : ListVerb<ReleaseView>(
    name, "List the releases of an app, the newest first, with the environments that each serves.", $"davit {line} --app shop", $"davit {line} --json")
{
    protected override string[] Head => ["RELEASE", "ID", "BY", "MADE", "SERVES", "COMMIT", "KEPT"];

    protected override JsonTypeInfo<Page<ReleaseView>> Form => WireJson.Default.PageReleaseView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult($"{asked.AppPath}/releases");

    protected override string[] Row(ReleaseView item, Terminal terminal) =>
        [$"{item.Number}", Tail(item.Id), item.CreatedBy, When(item.CreatedAt, terminal), string.Join(",", item.Serves), item.Commit?[..Math.Min(12, item.Commit.Length)] ?? "", item.CollectedAt is not null ? "history only" : item.PinnedBy is "" ? "" : "pinned"];
}

/// <summary><c>davit deployment list</c>, and <c>davit deployments</c> for short.</summary>
internal sealed class DeploymentList(string name, string line) : ListVerb<DeploymentView>(
    name, "List what was deployed into an environment: who, what, how it ended.", $"davit {line} --env production", $"davit {line} --json")
{
    protected override string[] Head => ["#", "ID", "KIND", "RELEASE", "STATE", "BY", "BEGUN"];

    protected override JsonTypeInfo<Page<DeploymentView>> Form => WireJson.Default.PageDeploymentView;

    protected override async Task<string> PathAsync(Invocation asked, CancellationToken ct) => $"{await asked.EnvPathAsync(ct)}/deployments";

    protected override string[] Row(DeploymentView item, Terminal terminal) =>
        [$"{item.Number}", Tail(item.Id), item.Kind, item.ReleaseNumber is { } n ? $"{n}" : "", item.Text, item.Actor, When(item.CreatedAt, terminal)];
}

/// <summary><c>davit instance list</c></summary>
internal sealed class InstanceList() : ListVerb<InstanceView>("list", "List the instances of an environment.", "davit instance list", "davit instance list --env staging --json")
{
    protected override string[] Head => ["NAME", "SERVICE", "STATE", "ADDRESS", "EDGE", "RESTARTS"];

    protected override JsonTypeInfo<Page<InstanceView>> Form => WireJson.Default.PageInstanceView;

    protected override async Task<string> PathAsync(Invocation asked, CancellationToken ct) => $"{await asked.EnvPathAsync(ct)}/instances";

    protected override string[] Row(InstanceView item, Terminal terminal) => [item.Name, item.Service, item.State, item.Address, item.EdgeHealth, $"{item.Restarts}"];
}

/// <summary><c>davit service list</c></summary>
internal sealed class ServiceList() : ListVerb<ServiceStatusView>("list", "List the services of an environment: what should run, what does, and why not.", "davit service list", "davit service list --env staging --json")
{
    protected override string[] Head => ["SERVICE", "KIND", "READY", "WHY NOT"];

    protected override JsonTypeInfo<Page<ServiceStatusView>> Form => WireJson.Default.PageServiceStatusView;

    protected override async Task<string> PathAsync(Invocation asked, CancellationToken ct) => $"{await asked.EnvPathAsync(ct)}/services";

    protected override string[] Row(ServiceStatusView item, Terminal terminal) => [item.Name, item.Kind, item.Kind is "static" ? "edge" : $"{item.Ready}/{item.Wanted}", item.Reason];
}

/// <summary><c>davit route list</c></summary>
internal sealed class RouteList() : ListVerb<RouteView>("list", "List the routes of an environment.", "davit route list", "davit route list --env staging --json")
{
    protected override string[] Head => ["KIND", "HOST", "PATH", "PORT", "SERVICE", "URL"];

    protected override JsonTypeInfo<Page<RouteView>> Form => WireJson.Default.PageRouteView;

    protected override async Task<string> PathAsync(Invocation asked, CancellationToken ct) => $"{await asked.EnvPathAsync(ct)}/routes";

    protected override string[] Row(RouteView item, Terminal terminal) => [item.Kind, item.Host, item.Path, $"{item.Listen}", item.Service, item.Url];
}

/// <summary><c>davit receipt list</c></summary>
internal sealed class ReceiptList() : ListVerb<ReceiptView>("list", "List the receipts of the org, the newest first.", "davit receipt list", "davit receipt list --json")
{
    protected override string[] Head => ["ID", "KIND", "STATUS", "AT", "ABOUT"];

    protected override JsonTypeInfo<Page<ReceiptView>> Form => WireJson.Default.PageReceiptView;

    protected override Task<string> PathAsync(Invocation asked, CancellationToken ct) => Task.FromResult($"{asked.OrgPath}/receipts");

    protected override string[] Row(ReceiptView item, Terminal terminal) =>
        [item.Id, item.Kind, item.Status, When(item.At, terminal), item.Subjects is [var first, ..] ? first : ""];
}
