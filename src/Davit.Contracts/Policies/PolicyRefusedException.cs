using System.Collections.Immutable;
using Davit.Contracts.Documents;

namespace Davit.Contracts.Policies;

/// <summary>A policy cannot be taken as it is. Nothing of it was applied.</summary>
public sealed class PolicyRefusedException : Exception
{
    internal PolicyRefusedException(ImmutableArray<PolicyFault> faults) : base(string.Join("; ", faults)) => Faults = faults;

    /// <summary>All of them, in the order of the file.</summary>
    public ImmutableArray<PolicyFault> Faults { get; }
}

/// <summary>One thing that is wrong with a policy.</summary>
public sealed record PolicyFault(Position At, string Text)
{
    public override string ToString() => $"{At}: {Text}";
}
