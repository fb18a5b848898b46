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

    public static Option<string?> Timeout { get; } = Text("--timeout", "How long the server may take for one answer, such as 30s; as long as it likes when left away.");

    public static Option<bool> Json { get; } = Flag("--json", "One JSON document (or NDJSON for streams) on standard output and nothing else.");

    public static Option<bool> Quiet { get; } = Flag("--quiet", "Say nothing but the answer.", "-q");

    public static Option<bool> Verbose { get; } = Flag("--verbose", "Tell on standard error what is asked of the server, and every detail there is.", "-v");

    public static Option<string> LogFormat { get; } = Choice("--log-format", "How --verbose tells it.", "text", "json");

    public static Option<string> Colour { get; } = Choice("--color", "When to colour; auto is on a terminal, without NO_COLOR.", "auto", "always", "never");

    public static Option<bool> Stable { get; } = Flag("--stable", "Leave out instants and durations.");

    public static Option<bool> NoInput { get; } = Flag("--no-input", "Never ask.");

    public static Option<bool> Yes { get; } = Flag("--yes", "Answer yes to questions that are no more than that; it does not stand for the name that a deletion asks for.", "-y");

    public static IEnumerable<Option> All => [Server, Org, Project, App, Env, RequestId, IdempotencyKey, Timeout, Json, Quiet, Verbose, LogFormat, Colour, Stable, NoInput, Yes];

    public static Terminal Terminal(ParseResult parsed)
    {
        var colour = Of(parsed, Colour, "auto");
        return new Terminal(Outlet.OfProcess(1, colour), Outlet.OfProcess(2, colour), !Console.IsErrorRedirected && !Console.IsInputRedirected)
        {
            IsJson = Of(parsed, Json, true), IsQuiet = Of(parsed, Quiet, false), IsStable = Of(parsed, Stable, false),
        };
    }

    /// <summary>A value that cannot be read must not keep the terminal from saying so.</summary>
    private static T Of<T>(ParseResult parsed, Option<T> option, T otherwise) =>
        parsed.GetResult(option) is not { } given ? parsed.GetValue(option) ?? otherwise : given.Errors.Any() ? otherwise : parsed.GetValue(option) ?? otherwise;

    private static Option<string?> Text(string name, string description, params string[] aliases) => new(name, aliases) { Description = description, Recursive = true };

    private static Option<bool> Flag(string name, string description, params string[] aliases) => new(name, aliases) { Description = description, Recursive = true };

    private static Option<string> Choice(string name, string description, params string[] allowed) =>
        new Option<string>(name) { Description = description, Recursive = true, DefaultValueFactory = _ => allowed[0] }.AcceptOnlyFromAmong(allowed);
}
