using System.CommandLine;

namespace Davit.Cli.Shell;

/// <summary>Options every verb has.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Server { get; } = Text("--server", "The control plane: unix:///path, http://… or https://…");

    public static Option<string?> Org { get; } = Text("--org", "The org, by name or id.");

    public static Option<string?> Project { get; } = Text("--project", "The project, by name or id.");

    public static Option<string?> App { get; } = Text("--app", "The app, by name or id.");

    public static Option<string?> Env { get; } = Text("--env", "The environment, by name or id.", "-e");

    public static Option<string?> RequestId { get; } = Text("--request-id", "Follow this invocation under an id of your own.");

    public static Option<string?> IdempotencyKey { get; } = Text("--idempotency-key", "Repeat an invocation without changing anything twice.");

    public static Option<bool> Json { get; } = new("--json") { Description = "One JSON document (or NDJSON for streams) on standard output and nothing else.", Recursive = true };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Say nothing but the answer.", Recursive = true };

    public static Option<bool> Stable { get; } = new("--stable") { Description = "Leave out instants and durations.", Recursive = true };

    public static Option<bool> NoInput { get; } = new("--no-input") { Description = "Never ask.", Recursive = true };

    public static IEnumerable<Option> All => [Server, Org, Project, App, Env, RequestId, IdempotencyKey, Json, Quiet, Stable, NoInput];

    public static Terminal Terminal(ParseResult parsed)
    {
        var terminal = Shell.Terminal.OfProcess();
        (terminal.IsJson, terminal.IsQuiet, terminal.IsStable) = (parsed.GetValue(Json), parsed.GetValue(Quiet), parsed.GetValue(Stable));
        return terminal;
    }

    private static Option<string?> Text(string name, string description, params string[] aliases) => new(name, aliases) { Description = description, Recursive = true };
}
