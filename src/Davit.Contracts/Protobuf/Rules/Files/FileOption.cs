using System.Collections.Immutable;
using Davit.Contracts.Findings;
using Davit.Contracts.Protobuf.Wire;

namespace Davit.Contracts.Protobuf.Rules.Files;

/// <summary>An option of files that generated code depends on.</summary>
/// <param name="Number">Its field in the options.</param>
internal sealed record FileOption(int Number, string Name, Func<WireMessage, int, string> Read)
{
    private static readonly string[] Optimizations = ["SPEED", "SPEED", "CODE_SIZE", "LITE_RUNTIME"];

    public static ImmutableArray<FileOption> All { get; } =
    [
        new(31, "cc_enable_arenas", (options, number) => options.Number(number) is 0 ? "false" : "true"),
        new(16, "cc_generic_services", Flag),
        new(37, "csharp_namespace", Text),
        new(11, "go_package", Text),
        new(17, "java_generic_services", Flag),
        new(10, "java_multiple_files", Flag),
        new(8, "java_outer_classname", Text),
        new(1, "java_package", Text),
        new(36, "objc_class_prefix", Text),
        new(9, "optimize_for", Optimization),
        new(40, "php_class_prefix", Text),
        new(44, "php_metadata_namespace", Text),
        new(41, "php_namespace", Text),
        new(18, "py_generic_services", Flag),
        new(45, "ruby_package", Text),
        new(39, "swift_prefix", Text),
    ];

    public RuleSpec Spec { get; } = Pb.Known($"FILE_SAME_{Name.ToUpperInvariant()}", $"The file option {Name} says something else.");

    private static string Text(WireMessage options, int number) => options.Text(number) ?? "";

    private static string Flag(WireMessage options, int number) => options.Flag(number) ? "true" : "false";

    private static string Optimization(WireMessage options, int number) => Optimizations[(int)Math.Min(options.Number(number) ?? 1, 3)];
}
