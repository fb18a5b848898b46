using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>Every problem Davit can report, by area. Tests hold that codes are unique, documented and never reused.</summary>
public static class ProblemCatalog
{
    public static ImmutableArray<ProblemCode> All { get; } =
    [
        .. DeploymentProblems.All,
        .. DriverProblems.All,
        .. ApiProblems.All,
        .. StoreProblems.All,
        .. CliProblems.All,
        .. SourceProblems.All,
        .. ServerProblems.All,
        .. EdgeProblems.All,
        .. ManifestProblems.All,
        .. VolumeProblems.All,
        .. AccessProblems.All,
        .. SignOnProblems.All,
        .. PeopleProblems.All,
        .. ContractProblems.All,
        .. SecretProblems.All,
        .. VariableProblems.All,
        .. AuditProblems.All,
        .. SecurityProblems.All,
        .. LimitProblems.All,
    ];
}
