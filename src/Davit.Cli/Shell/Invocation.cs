using System.CommandLine;
using Davit.Client;
using Davit.Model;
using Davit.Wire;

namespace Davit.Cli.Shell;

/// <summary>One run of one verb: its arguments, its terminal, its context and its connection.</summary>
internal sealed class Invocation(ParseResult parsed, Terminal terminal) : IDisposable
{
    private Settings? _settings;
    private DavitClient? _client;

    public Terminal Terminal { get; } = terminal;

    public Settings Settings => _settings ??= Shell.Settings.Resolve(parsed);

    public DavitClient Api => _client ??= new DavitClient(
        new ServerAddress(Settings.Server.Value), Settings.Token(), parsed.GetValue(GlobalOptions.RequestId) ?? "",
        parsed.GetValue(GlobalOptions.IdempotencyKey) ?? $"cli-{Guid.CreateVersion7():N}");

    public bool MayAsk => Terminal.IsInteractive && !parsed.GetValue(GlobalOptions.NoInput) && !Terminal.IsJson;

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>What a flag or a DAVIT_* variable says and nothing else, for verbs that work without a server.</summary>
    public string? Given(Option<string?> option) => parsed.GetValue(option) is { Length: > 0 } flag
        ? flag
        : Environment.GetEnvironmentVariable($"DAVIT_{option.Name.TrimStart('-').ToUpperInvariant()}") is { Length: > 0 } variable ? variable : null;

    public string Project => $"v1/orgs/{Part(Settings.Org.Value)}/projects/{Part(Settings.Project.Value)}";

    public string OrgPath => $"v1/orgs/{Part(Settings.Org.Value)}";

    public string AppName => Settings.App is { Value: not "" } app ? app.Value : throw new UsageException(CliProblems.Needed("app", "--app"));

    public string AppPath => $"{Project}/apps/{Part(AppName)}";

    /// <summary>Names the app when nothing else did.</summary>
    public void AssumeApp(string name)
    {
        if (Settings.App.Value is "")
            _settings = Settings with { App = new Setting(name, "the directory's name") };
    }

    /// <summary>The environment that is named, or the only one there is; never a guess among several.</summary>
    public async Task<string> EnvPathAsync(CancellationToken ct) => $"{AppPath}/envs/{Part(await EnvNameAsync(ct))}";

    public async Task<string> EnvNameAsync(CancellationToken ct)
    {
        if (Settings.Env.Value is not "")
            return Settings.Env.Value;

        var names = new List<string>();
        await foreach (var env in Api.ListAsync($"{AppPath}/envs", WireJson.Default.PageEnvView, ct))
            names.Add(env.Name);
        return names is [var only] ? only : throw new UsageException(CliProblems.WhichEnvironment(AppName, names));
    }

    /// <summary>Said before anything changes, so that nobody changes the wrong place.</summary>
    public async Task AnnounceAsync(CancellationToken ct) => Terminal.Say($"{Terminal.Strong(AppName)} → {Terminal.Strong(await EnvNameAsync(ct))}");

    public static string Part(string segment) => Uri.EscapeDataString(segment);

    public void Dispose() => _client?.Dispose();
}
