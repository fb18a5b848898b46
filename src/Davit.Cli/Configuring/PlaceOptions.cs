using System.CommandLine;
using Davit.Cli.Shell;

namespace Davit.Cli.Configuring;

/// <summary>Where something is set: the environment, unless another place is named.</summary>
internal sealed class PlaceOptions
{
    private readonly Option<string> _place = new Option<string>("--place") { Description = "Where it is set: for one environment, or for all of the app, the project or the org.", DefaultValueFactory = _ => "env" }.AcceptOnlyFromAmong("env", "app", "project", "org");

    public void AddTo(Command command) => command.Add(_place);

    public bool IsEnv(Invocation asked) => asked.Get(_place) is "env";

    /// <summary>The API path of the place.</summary>
    public async Task<string> PathAsync(Invocation asked, CancellationToken ct) => asked.Get(_place) switch
    {
        "app" => asked.AppPath,
        "project" => asked.Project,
        "org" => asked.OrgPath,
        _ => await asked.EnvPathAsync(ct),
    };

    /// <summary>Said before anything changes.</summary>
    public async Task AnnounceAsync(Invocation asked, CancellationToken ct)
    {
        if (IsEnv(asked))
            await asked.AnnounceAsync(ct);
        else
            asked.Terminal.Say($"{asked.Get(_place)} {asked.Terminal.Strong(asked.Get(_place) switch { "app" => asked.AppName, "project" => asked.Settings.Project.Value, _ => asked.Settings.Org.Value })}");
    }
}
