using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV42: starting and running the control plane itself.</summary>
public static class ServerProblems
{
    private static readonly ProblemCode OptionInvalid = new("DV4201", "option-invalid", "An option has a value it cannot have", 422);
    private static readonly ProblemCode KeyWeak = new("DV4202", "key-unusable", "A key file cannot be used", 500);
    private static readonly ProblemCode Undeclared = new("DV4203", "permission-undeclared", "An endpoint declares no permission", 500);

    private static readonly ProblemCode Collecting = new("DV4204", "collection-running", "Garbage is being collected already", 409, IsRetryable: true);

    public static ImmutableArray<ProblemCode> All { get; } = [OptionInvalid, KeyWeak, Undeclared, Collecting];

    public static Problem BadOption(string option, string value, string wanted) => new(
        OptionInvalid, $"{option} is '{value}', but must be {wanted}. Nothing was started.", $"Correct {option} and start again.");

    public static Problem UnusableKey(string file, string why) => new(
        KeyWeak, $"{file} {why}. The server did not start.", $"Restore {file} from a backup, or remove it to have a new key made: receipts signed with the old one then no longer verify.");

    public static Problem UnusableBackupKey(string file, string why) => new(
        KeyWeak, $"{file} {why}. The server did not start.", $"Restore {file} from where you keep it; backups that were made with it cannot be read with another one.");

    public static Problem UndeclaredPermission(IEnumerable<string> endpoints) => new(
        Undeclared, $"These endpoints declare no permission: {string.Join(", ", endpoints)}. The server did not start.", "This is a bug of the build: install a released version.");

    public static Problem CollectionRuns() => new(
        Collecting, "Another collection runs now, by hand, by night or because a disk is filling up. Nothing was changed.", "See what is left when it is done: davit gc");
}
