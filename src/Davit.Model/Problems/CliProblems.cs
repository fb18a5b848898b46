using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV45: the command line.</summary>
public static class CliProblems
{
    private static readonly ProblemCode EnvironmentNeeded = new("DV4501", "environment-needed", "Which environment?", 422);
    private static readonly ProblemCode ContextNeeded = new("DV4502", "context-needed", "Something has to be named", 422);
    private static readonly ProblemCode FileMode = new("DV4503", "credentials-open", "The credentials can be read by others", 422);
    private static readonly ProblemCode ReceiptFalse = new("DV4504", "receipt-false", "The receipt is not what was signed", 422);
    private static readonly ProblemCode ValueBad = new("DV4505", "value-bad", "A value on the command line cannot be used", 422);
    private static readonly ProblemCode NoTerminal = new("DV4506", "no-terminal", "There is no terminal here", 422);
    private static readonly ProblemCode DeploymentDied = new("DV4507", "deployment-not-live", "The deployment did not become live", 422);
    private static readonly ProblemCode FlagUnknown = new("DV4508", "flag-unknown", "There is no such flag", 422);
    private static readonly ProblemCode NameUnknown = new("DV4509", "name-unknown", "There is nothing of that name", 422);
    private static readonly ProblemCode LineWrong = new("DV4510", "command-line-wrong", "The command line cannot be understood", 422);
    private static readonly ProblemCode Stopped = new("DV4511", "interrupted", "Interrupted", 408);
    private static readonly ProblemCode NoAnswer = new("DV4513", "no-answer-in-time", "The server did not answer in time", 504, IsRetryable: true);
    private static readonly ProblemCode CliBug = new("DV9002", "cli-bug", "The command line made a mistake", 500);

    /// <summary>The wait ended, the work did not.</summary>
    public static ProblemCode StillRunning { get; } = new("DV4512", "still-running", "Not finished yet", 408);

    public static ImmutableArray<ProblemCode> All { get; } = [EnvironmentNeeded, ContextNeeded, FileMode, ReceiptFalse, ValueBad, NoTerminal, DeploymentDied, FlagUnknown, NameUnknown, LineWrong, Stopped, StillRunning, NoAnswer, CliBug];

    public static Problem WhichEnvironment(string app, IReadOnlyList<string> names) => new(
        EnvironmentNeeded,
        names.Count is 0 ? $"App '{app}' has no environment yet. Nothing was changed." : $"App '{app}' has several environments: {string.Join(", ", names)}. Nothing was changed.",
        names.Count is 0 ? "Make one with: davit env create production" : $"Name one: --env {names[0]}");

    public static Problem Needed(string what, string flag) => new(
        ContextNeeded, $"No {what} is named, neither by a flag nor by DAVIT_{what.ToUpperInvariant()}, the directory or the saved context. Nothing was changed.", $"Name it with {flag} NAME, or run the command in the app's directory; see what there is: davit list");

    public static Problem OpenFile(string path) => new(
        FileMode, $"{path} can be read by other users of this machine. It was not read.", $"Close it with: chmod 600 {path}");

    public static Problem FalseReceipt(string id) => new(
        ReceiptFalse, $"The signature of {id} does not belong to its content: something was changed after it was signed, or the key is another one.", "Get the receipt again from the server: davit receipt get ID");

    public static Problem Bad(string what, string why, string hint) => new(ValueBad, $"{what} {why}. Nothing was changed.", hint);

    public static Problem UnknownFlag(string flag, IReadOnlyList<string> closest) => new(
        FlagUnknown, $"'{flag}' is not a flag of this command{(closest.Count is 0 ? "" : $" (did you mean {string.Join(", ", closest)}?)")}. Nothing was changed.",
        closest.Count is 0 ? "See the flags with --help." : $"Use {closest[0]}.");

    public static Problem BadLine(string what, IReadOnlyList<string> closest, string help) => new(
        LineWrong, $"{what}{(closest.Count is 0 ? "" : $" Did you mean {string.Join(", ", closest)}?")} Nothing was changed.", help);

    public static Problem UnknownName(string what, string name, IReadOnlyList<string> closest, string list = "davit manifest show") => new(
        NameUnknown, $"There is no {what} '{name}'{(closest.Count is 0 ? "" : $" (did you mean {string.Join(", ", closest)}?)")}. Nothing was changed.",
        closest.Count is 0 ? $"See what there is: {list}" : $"Use {closest[0]}.");

    public static Problem TerminalNeeded() => new(NoTerminal, "A terminal session needs standard input and output to be a terminal. Nothing was started.", "Leave -t away, or run it in a terminal.");

    public static Problem NotLive(string id, string state) => new(DeploymentDied, $"{id} is {state}. The release that served before serves on.", $"See why with: davit why {id}");

    public static Problem Interrupted() => new(Stopped, "The command was interrupted before it was done.", "Run it again; what it had changed is in: davit event list");

    public static Problem NotWatching(string what, string hint) => new(Stopped, $"Not watching any more; {what} goes on.", hint);

    public static Problem Unreadable(string what) => new(ValueBad, $"{what.TrimEnd('.')}. Nothing was changed.", "Check the path and who may read it: ls -l");

    public static Problem Waited(string what, string waited, string hint) => new(StillRunning, $"{what} is not done after {waited}. It goes on; nothing was stopped.", hint);

    public static Problem Late(string server, string waited, string key) => new(
        NoAnswer, $"{server} did not answer within {waited}. Whether it did what was asked is not known.", $"Repeat the command with: --idempotency-key {key}");

    public static Problem Bug(Exception e) => new(
        CliBug, $"{e.GetType().Name}: {e.Message}", "Report it with the command you ran and 'davit version'.");
}
