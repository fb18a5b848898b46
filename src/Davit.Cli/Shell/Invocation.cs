using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
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
        Address, Settings.Token(), parsed.GetValue(GlobalOptions.RequestId) ?? "",
        parsed.GetValue(GlobalOptions.IdempotencyKey) ?? $"cli-{Guid.CreateVersion7():N}")
    {
        Patience = Durations.Of("--timeout", parsed.GetValue(GlobalOptions.Timeout)),
        Heard = IsVerbose ? Tell : null,
        Renew = Settings.NeedsRenewal ? ct => People.Credentials.RenewAsync(Settings.Server.Value, Address, ct) : null,
    };

    /// <exception cref="UsageException">The setting is no address.</exception>
    public ServerAddress Address => new ServerAddress(Settings.Server.Value) is { IsWellFormed: true } address
        ? address
        : throw new UsageException(CliProblems.Bad($"'{Settings.Server.Value}' ({Settings.Server.Origin})", "is not the address of a server", "Write it as: --server unix:///var/lib/davit/davitd.sock or --server https://davit.example"));

    public bool IsVerbose => parsed.GetValue(GlobalOptions.Verbose);

    public bool MayAsk => Terminal.IsInteractive && !parsed.GetValue(GlobalOptions.NoInput) && !Terminal.IsJson;

    /// <summary>Services that the command line names, for suggestions when one is unknown.</summary>
    public IReadOnlyList<string> NamedServices { get; set; } = [];

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

    /// <summary>The app is the one of this directory, unless it was named otherwise.</summary>
    public void LookIn(string directory) => _settings = Settings.In(directory);

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

    /// <summary>Asks on a terminal; elsewhere the answer is yes, since nobody is there to be surprised.</summary>
    /// <exception cref="OperationCanceledException">The answer is no.</exception>
    public void Confirm(string question)
    {
        if (!MayAsk || parsed.GetValue(GlobalOptions.Yes))
            return;
        Terminal.Say($"{question} [y/N]");
        if (Console.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
            throw new OperationCanceledException();
    }

    private void Tell(Exchange exchange)
    {
        var took = Math.Round(exchange.Took.TotalMilliseconds, 1);
        if (parsed.GetValue(GlobalOptions.LogFormat) is not "json")
        {
            Terminal.Log(string.Create(CultureInfo.InvariantCulture, $"debug {exchange.Method} {exchange.Path} {exchange.Status} {(Terminal.IsStable ? "" : $"{took} ms {exchange.RequestId}")}").TrimEnd());
            return;
        }

        var line = new JsonObject { ["level"] = "debug", ["method"] = exchange.Method, ["path"] = exchange.Path, ["status"] = exchange.Status };
        if (!Terminal.IsStable)
            (line["at"], line["milliseconds"], line["requestId"]) = (TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), took, exchange.RequestId);
        Terminal.Log(new JsonObject(line.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))).ToJsonString());
    }

    public static string Part(string segment) => Uri.EscapeDataString(segment);

    public void Dispose() => _client?.Dispose();
}
