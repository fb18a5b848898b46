using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV721: variables, their layers and what they refer to.</summary>
public static class VariableProblems
{
    /// <summary>One reference that cannot be resolved; comes with its place.</summary>
    public static readonly ProblemCode ReferenceFault = new("DV7211", "reference-unresolved", "A reference in a variable cannot be resolved", 422);

    /// <summary>One variable that is not what its definition says.</summary>
    public static readonly ProblemCode ValueFault = new("DV7212", "variable-unfit", "A variable is not what its definition says", 422);

    private static readonly ProblemCode UnfitCode = new("DV7210", "configuration-invalid", "The variables of an environment cannot be used", 422);
    private static readonly ProblemCode NameCode = new("DV7213", "variable-name-invalid", "This cannot be the name of a variable or secret", 422);
    private static readonly ProblemCode RefusedCode = new("DV7214", "variable-refused", "This cannot be the value of a variable", 422);
    private static readonly ProblemCode LockedCode = new("DV7215", "variable-locked", "A layer below has locked the variable", 409);
    private static readonly ProblemCode CircleCode = new("DV7216", "inheritance-circular", "Environments cannot take values from each other in a circle", 409);
    private static readonly ProblemCode DefinitionCode = new("DV7217", "definition-invalid", "This cannot be the definition of a variable", 422);
    private static readonly ProblemCode ManyCode = new("DV7218", "too-many-variables", "There are more variables or secrets than an environment can have", 409);
    private static readonly ProblemCode MovedCode = new("DV7219", "configuration-moved", "Somebody changed it meanwhile", 409);
    private static readonly ProblemCode FileCode = new("DV7220", "import-unreadable", "The file of variables cannot be read", 422);
    private static readonly ProblemCode NoOverrideCode = new("DV7221", "override-refused", "Values cannot be given to this kind of deployment", 422);

    public static ImmutableArray<ProblemCode> All { get; } =
    [
        ReferenceFault, ValueFault, UnfitCode, NameCode, RefusedCode, LockedCode, CircleCode, DefinitionCode, ManyCode, MovedCode, FileCode, NoOverrideCode,
    ];

    public static Problem Unfit(string env, IEnumerable<Fault> faults) => new(
        UnfitCode, $"What is set for {env} cannot be delivered. Nothing was started.", $"See where each value comes from: davit variable list --env {env} --effective --origin")
    {
        Faults = [.. faults],
    };

    public static Problem BadName(string name) => new(
        NameCode, $"'{name}' is no name: a letter or '_' first, then at most 127 letters, digits, '_', '.' and '-'; those that begin with DAVIT_ are Davit's own. Nothing was changed.",
        "Choose another name, such as DATABASE_URL.");

    public static Problem Refused(string name, string why) => new(RefusedCode, $"'{name}' {why}. Nothing was changed.", "Give another value; bytes and long texts can be secrets: davit secret set NAME --from-file FILE");

    public static Problem Locked(string name, string by) => new(
        LockedCode, $"'{name}' is locked by {by}, and nothing nearer may change it. Nothing was changed.", $"Change it there, or unlock it there: davit variable list --origin");

    public static Problem Circle(IEnumerable<string> path) => new(
        CircleCode, $"{string.Join(" → ", path)}. Nothing was changed.", "Let one of them stand alone: davit env inherit ENV --none");

    public static Problem TooLong(string env, int most) => new(
        CircleCode, $"'{env}' would take values from more than {most} environments, one from the other. Nothing was changed.", "Take the values from one that is nearer to the first.");

    public static Problem BadDefinition(string name, string why) => new(DefinitionCode, $"'{name}': {why}. Nothing was changed.", "See the types and what each can say: davit variable define --help");

    public static Problem TooMany(string where, int most) => new(ManyCode, $"{where} has {most} variables and secrets already. Nothing was changed.", "Remove those that nothing uses: davit variable list --effective");

    public static Problem Moved(string name, long expected, long present) => new(
        MovedCode, $"'{name}' is at version {present}, not {expected}. Nothing was changed.", "Look at it again, then repeat the change for the present version.");

    public static Problem Unreadable(IEnumerable<Fault> faults) => new(
        FileCode, "No line of it was taken.", "Write NAME=VALUE lines; quote values with spaces or '#'.") { Faults = [.. faults] };

    public static Problem NoOverride(string kind) => new(
        NoOverrideCode, $"A {kind} starts what was decided before, so that values cannot be given with it. Nothing was changed.", "Deploy a release with them: davit deploy --release RELEASE --set NAME=VALUE");

    /// <summary>As part of <see cref="Unreadable"/>.</summary>
    public static Fault Line(string file, int line, string why) => new(FileCode, Severity.Error, why, new SourcePosition(file, line, 1), "");
}
