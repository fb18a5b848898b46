using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV720: secrets and the keys that seal them.</summary>
public static class SecretProblems
{
    private static readonly ProblemCode KeyMissingCode = new("DV7201", "master-key-missing", "The master key is not there", 500);
    private static readonly ProblemCode KeyUnknownCode = new("DV7202", "key-unknown", "Secrets are sealed with a key that is not here", 500);
    private static readonly ProblemCode KeyUnusableCode = new("DV7203", "master-key-unusable", "A master key file cannot be used", 500);
    private static readonly ProblemCode DamagedCode = new("DV7204", "secret-damaged", "What is stored of a secret is not what was sealed", 500);
    private static readonly ProblemCode MissingCode = new("DV7205", "secret-missing", "A secret that a service needs is not set", 409);
    private static readonly ProblemCode RefusedCode = new("DV7206", "secret-refused", "This cannot be a secret", 422);
    private static readonly ProblemCode OtherKindCode = new("DV7207", "name-is-secret", "The name belongs to a secret", 409);
    private static readonly ProblemCode OldVersionCode = new("DV7208", "secret-version-gone", "The version of a secret is not kept", 409);
    private static readonly ProblemCode RetiredCode = new("DV7222", "secret-version-retired", "A rotation has ended the version of a secret", 409);

    public static ImmutableArray<ProblemCode> All { get; } = [KeyMissingCode, KeyUnknownCode, KeyUnusableCode, DamagedCode, MissingCode, RefusedCode, OtherKindCode, OldVersionCode, RetiredCode];

    public static Problem KeyMissing(string directory, int rows) => new(
        KeyMissingCode, $"{rows} data keys are wrapped by a master key, and {directory} holds none. The server did not start.",
        $"Put the master key files back into {directory} from where you keep them; without them no secret can be read.");

    public static Problem KeyUnknown(string directory, IEnumerable<string> ids) => new(
        KeyUnknownCode, $"These keys are in use, and {directory} does not hold them: {string.Join(", ", ids)}. Nothing was changed.",
        $"Put their files back into {directory} from where you keep them, then: davitd keys status");

    public static Problem KeyUnusable(string file, string why) => new(
        KeyUnusableCode, $"{file} {why}. The server did not start.",
        $"Make {file} what it was: 32 random bytes that only davitd's user may read (chmod 600). One that others have seen is replaced with: davitd keys rotate");

    /// <param name="what">Names only.</param>
    public static Problem Damaged(string what) => new(
        DamagedCode, $"{what} does not open: it was changed, or it was put where it does not belong. Nothing was started with it.",
        "Set the secret again (davit secret set NAME), and find out who can write to the database or the data directory.");

    public static Problem Missing(string env, IReadOnlyList<(string Service, string Name)> missing) => new(
        MissingCode, $"{string.Join(", ", missing.Select(m => m.Service is "" ? $"'{m.Name}'" : $"'{m.Name}' (service {m.Service})"))} {(missing.Count is 1 ? "is" : "are")} not set in {env}. Nothing was started.",
        $"Set it, then deploy again: davit secret set {missing[0].Name} --env {env}");

    public static Problem Refused(string name, string why) => new(RefusedCode, $"'{name}' {why}. Nothing was changed.", "Give another value: davit secret set NAME --from-file FILE, or on standard input.");

    public static Problem IsSecret(string name, string where) => new(
        OtherKindCode, $"'{name}' is a secret ({where}), so it cannot be given as plain text. Nothing was changed.", $"Set it as a secret: davit secret set {name}");

    public static Problem VersionRetired(string name, int version) => new(
        RetiredCode, $"Version {version} of '{name}' was rotated away, and its window has ended. Nothing was started.", "Deploy the release anew, which takes the present version: davit deploy --release NUMBER");

    public static Problem VersionGone(string name, int version) => new(
        OldVersionCode, $"Version {version} of '{name}' is not there. Nothing was started.", $"Deploy again to take the present version: davit secret versions {name}");
}
