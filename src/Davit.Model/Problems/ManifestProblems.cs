using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV1: manifests and Compose files. Most are found as <see cref="Fault"/>s with a place, all at once.</summary>
public static class ManifestProblems
{
    public static ProblemCode Invalid { get; } = new("DV1001", "manifest-invalid", "The manifest cannot be accepted", 422);

    public static ProblemCode NothingToDeploy { get; } = new("DV1002", "nothing-to-deploy", "There is nothing to deploy here", 422);

    public static ProblemCode FileMissing { get; } = new("DV1003", "manifest-file-missing", "A file of the manifest does not exist", 422);

    public static ProblemCode PathOutside { get; } = new("DV1004", "path-outside-app", "A path leads out of the app directory", 422);

    public static ProblemCode TooLarge { get; } = new("DV1005", "manifest-too-large", "The manifest is too large", 422);

    public static ProblemCode TwoManifests { get; } = new("DV1006", "two-manifests", "Two files claim to be the manifest", 422);

    public static ProblemCode SeveralCandidates { get; } = new("DV1007", "several-compose-files", "More than one Compose file was found", 422);

    public static ProblemCode YamlSyntax { get; } = new("DV1010", "yaml-syntax", "The file is not well-formed YAML", 422);

    public static ProblemCode YamlEncoding { get; } = new("DV1011", "yaml-encoding", "The file is not UTF-8 text", 422);

    public static ProblemCode DuplicateKey { get; } = new("DV1012", "duplicate-key", "A key is defined twice", 422);

    public static ProblemCode KeyNotText { get; } = new("DV1013", "key-not-text", "A key is not text", 422);

    public static ProblemCode MergeKeyInvalid { get; } = new("DV1014", "merge-key-invalid", "A merge key takes a mapping", 422);

    public static ProblemCode AliasCycle { get; } = new("DV1015", "alias-cycle", "An anchor contains itself", 422);

    public static ProblemCode UnknownTag { get; } = new("DV1016", "unknown-tag", "The YAML tag is not known", 422);

    public static ProblemCode SeveralDocuments { get; } = new("DV1017", "several-documents", "The file holds several YAML documents", 422);

    public static ProblemCode NotAMapping { get; } = new("DV1018", "not-a-mapping", "A manifest file must be a mapping", 422);

    public static ProblemCode VariableUnset { get; } = new("DV1020", "variable-unset", "A variable has no value", 422);

    public static ProblemCode VariableRequired { get; } = new("DV1021", "variable-required", "A required variable has no value", 422);

    public static ProblemCode TemplateInvalid { get; } = new("DV1022", "template-invalid", "A `$` expression is not well-formed", 422);

    public static ProblemCode NotConvertible { get; } = new("DV1023", "value-not-convertible", "A value is not of the wanted type", 422);

    public static ProblemCode SecretInText { get; } = new("DV1024", "secret-in-text", "A secret cannot stand in the manifest", 422);

    public static ProblemCode EnvFileMissing { get; } = new("DV1025", "env-file-missing", "An env file does not exist", 422);

    public static ProblemCode EnvFileSyntax { get; } = new("DV1026", "env-file-syntax", "An env file cannot be read", 422);

    public static ProblemCode IncludeRemote { get; } = new("DV1030", "include-remote", "Included files must be in the app directory", 422);

    public static ProblemCode IncludeCycle { get; } = new("DV1031", "include-cycle", "Files include each other", 422);

    public static ProblemCode IncludeConflict { get; } = new("DV1032", "include-conflict", "An included file defines the same thing", 422);

    public static ProblemCode ExtendsUnknown { get; } = new("DV1033", "extends-unknown", "The extended service does not exist", 422);

    public static ProblemCode ExtendsCycle { get; } = new("DV1034", "extends-cycle", "Services extend each other", 422);

    public static ProblemCode MergeConflict { get; } = new("DV1035", "merge-conflict", "Two files give a value of different kinds", 422);

    public static ProblemCode UnknownKey { get; } = new("DV1040", "unknown-key", "The key is not known", 422);

    public static ProblemCode WrongType { get; } = new("DV1041", "wrong-type", "A value is of the wrong kind", 422);

    public static ProblemCode MissingKey { get; } = new("DV1042", "missing-key", "A required key is missing", 422);

    public static ProblemCode NotAllowed { get; } = new("DV1043", "value-not-allowed", "The value is not one of the allowed ones", 422);

    public static ProblemCode OutOfRange { get; } = new("DV1044", "value-out-of-range", "The value is out of range", 422);

    public static ProblemCode DuplicateItem { get; } = new("DV1045", "duplicate-item", "A list holds the same item twice", 422);

    public static ProblemCode PortInvalid { get; } = new("DV1046", "port-invalid", "The port is not well-formed", 422);

    public static ProblemCode MountInvalid { get; } = new("DV1047", "mount-invalid", "The mount is not well-formed", 422);

    public static ProblemCode ValueInvalid { get; } = new("DV1048", "value-invalid", "The value cannot be understood", 422);

    public static ProblemCode NameInvalid { get; } = new("DV1049", "name-invalid", "The name is not allowed", 422);

    public static ProblemCode KeysConflict { get; } = new("DV1050", "keys-conflict", "Two keys exclude each other", 422);

    public static ProblemCode UnknownReference { get; } = new("DV1060", "unknown-reference", "Something is used that is not defined", 422);

    public static ProblemCode DependencyCycle { get; } = new("DV1061", "dependency-cycle", "Services depend on each other", 422);

    public static ProblemCode ServiceWithoutImage { get; } = new("DV1062", "service-without-image", "A service has nothing to run", 422);

    public static ProblemCode Contradiction { get; } = new("DV1063", "values-contradict", "Two values contradict each other", 422);

    public static ProblemCode ServiceUnknown { get; } = new("DV1064", "service-unknown", "There is no such service", 422);

    public static ProblemCode DependencyDisabled { get; } = new("DV1065", "dependency-disabled", "A dependency is switched off", 422);

    public static ProblemCode DriverLimited { get; } = new("DV1070", "driver-limited-key", "Not every driver can honour this key", 422);

    public static ProblemCode NeedsCapability { get; } = new("DV1071", "needs-capability", "The key needs a capability", 422);

    public static ProblemCode WithoutEffect { get; } = new("DV1072", "key-without-effect", "The key has no effect", 422);

    public static ProblemCode KeyRefused { get; } = new("DV1073", "key-refused", "The key is refused", 422);

    public static ProblemCode SecretFromFile { get; } = new("DV1074", "secret-from-file", "A secret lies in the app directory", 422);

    public static ProblemCode MountConverted { get; } = new("DV1075", "mount-converted", "A bind mount was converted", 422);

    public static ProblemCode PortConverted { get; } = new("DV1076", "port-converted", "A published port was converted", 422);

    public static ProblemCode MountTarget { get; } = new("DV1077", "mount-target-refused", "Nothing can be mounted there", 422);

    public static ProblemCode UpdateConfigRefused { get; } = new("DV1078", "update-config-refused", "The update behaviour is refused", 422);

    public static ProblemCode ManifestVersion { get; } = new("DV1080", "manifest-version", "The manifest version is not known", 422);

    public static ProblemCode GivenTwice { get; } = new("DV1081", "given-twice", "A value is given in two files", 422);

    public static ProblemCode KindContradiction { get; } = new("DV1082", "kind-contradiction", "The service cannot be of this kind", 422);

    public static ProblemCode RouteInvalid { get; } = new("DV1083", "route-invalid", "The route cannot be served", 422);

    public static ProblemCode HealthInvalid { get; } = new("DV1084", "health-invalid", "The health declaration cannot be used", 422);

    public static ProblemCode ScaleInvalid { get; } = new("DV1085", "scale-invalid", "The number of instances is not allowed", 422);

    public static ProblemCode ReplicasOnVolume { get; } = new("DV1086", "replicas-on-volume", "Several instances would share one volume", 422);

    public static ProblemCode MemoryTooSmall { get; } = new("DV1087", "memory-too-small", "The memory limit is too small", 422);

    public static ProblemCode ScheduleInvalid { get; } = new("DV1088", "schedule-invalid", "The schedule cannot be understood", 422);

    public static ProblemCode EnvironmentUnknown { get; } = new("DV1089", "environment-unknown", "The manifest has no such environment", 422);

    public static ProblemCode OverlayUnknown { get; } = new("DV1090", "overlay-unknown", "The overlay changes something that is not there", 422);

    public static ProblemCode ReleaseCommandInvalid { get; } = new("DV1091", "release-command-invalid", "The release command cannot run", 422);

    public static ProblemCode StaticInvalid { get; } = new("DV1092", "static-invalid", "The static service cannot be served", 422);

    public static ProblemCode KindDerived { get; } = new("DV1093", "kind-derived", "The kind of a service was derived", 422);

    public static ProblemCode StopFirst { get; } = new("DV1094", "stop-first", "Replacing this service needs a pause", 422);

    public static ProblemCode ComposeNote { get; } = new("DV1095", "compose-note", "A remark about the Compose file", 422);

    public static ImmutableArray<ProblemCode> All { get; } =
    [
        Invalid, NothingToDeploy, FileMissing, PathOutside, TooLarge, TwoManifests, SeveralCandidates, YamlSyntax,
        YamlEncoding, DuplicateKey, KeyNotText, MergeKeyInvalid, AliasCycle, UnknownTag, SeveralDocuments,
        NotAMapping, VariableUnset, VariableRequired, TemplateInvalid, NotConvertible, SecretInText, EnvFileMissing,
        EnvFileSyntax, IncludeRemote, IncludeCycle, IncludeConflict, ExtendsUnknown, ExtendsCycle, MergeConflict,
        UnknownKey, WrongType, MissingKey, NotAllowed, OutOfRange, DuplicateItem, PortInvalid, MountInvalid,
        ValueInvalid, NameInvalid, KeysConflict, UnknownReference, DependencyCycle, ServiceWithoutImage,
        Contradiction, ServiceUnknown, DependencyDisabled, DriverLimited, NeedsCapability, WithoutEffect, KeyRefused,
        SecretFromFile, MountConverted, PortConverted, MountTarget, UpdateConfigRefused, ManifestVersion, GivenTwice,
        KindContradiction, RouteInvalid, HealthInvalid, ScaleInvalid, ReplicasOnVolume, MemoryTooSmall,
        ScheduleInvalid, EnvironmentUnknown, OverlayUnknown, ReleaseCommandInvalid, StaticInvalid, KindDerived,
        StopFirst, ComposeNote,
    ];

    /// <summary>What a refused manifest is answered with: every fault at once.</summary>
    public static Problem Refused(ImmutableArray<Fault> faults)
    {
        var errors = faults.Where(f => f.Severity is Severity.Error).ToImmutableArray();
        var first = errors.IsEmpty ? "" : $" The first: {errors[0]}.";
        return new Problem(Invalid, $"The manifest has {errors.Length} error{(errors.Length is 1 ? "" : "s")}.{first} Nothing was applied.", "Run 'davit validate' to see all of them.")
        {
            Faults = faults,
        };
    }

    public static Problem Nothing(string directory, string looked) =>
        new(NothingToDeploy, $"'{directory}' holds nothing that can be deployed; looked for {looked}. Nothing was applied.", "Change to the app's directory, or name a file with '-f compose.yaml'.");
}
