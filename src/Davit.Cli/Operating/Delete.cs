using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Wire;

namespace Davit.Cli.Operating;

/// <summary><c>davit delete</c>: an app with all its environments.</summary>
internal sealed class Delete : Verb
{
    private readonly Option<string?> _confirm = new("--confirm") { Description = "The app's name once more; asked for on a terminal." };

    public Delete() : base("delete", "Delete an app with all its environments: instances, networks, volumes, images and routes of ours, and nothing of anybody else.", "davit delete --app shop --confirm shop", "davit delete --app shop") => Add(_confirm);

    protected override async Task<ExitCode> RunAsync(Invocation asked, CancellationToken ct)
    {
        var app = await asked.Api.GetAsync(asked.AppPath, WireJson.Default.JsonObject, ct);
        var name = (string)app["name"]!;
        NameConfirmation.Of(asked, _confirm, name, "This deletes the app with its data and cannot be undone.");
        await foreach (var env in asked.Api.ListAsync($"{asked.AppPath}/envs", WireJson.Default.PageEnvView, ct))
        {
            var path = $"{asked.AppPath}/envs/{env.Name}";
            await asked.Api.DeleteAsync($"{path}?expectedVersion={env.Version}&confirm={env.Name}", WireJson.Default.JsonObject, ct);
            await Converging.GoneAsync(asked, path, ct);
            asked.Terminal.Say($"deleted environment {env.Name}");
        }

        var deleted = await asked.Api.DeleteAsync($"{asked.AppPath}?expectedVersion={app["version"]}&confirm={name}", WireJson.Default.JsonObject, ct);
        if (asked.Terminal.IsJson)
            asked.Terminal.Document(deleted, WireJson.Default.JsonObject);
        else
            asked.Terminal.Say($"deleted app {name}");
        return ExitCode.Done;
    }
}
