using Davit.Model;
using Davit.Model.Access;

namespace Davit.ControlPlane.Access;

/// <summary>Nobody gives what he does not hold.</summary>
internal static class Delegation
{
    /// <param name="permissions">What is to be given.</param>
    /// <param name="target">What it is to be given on.</param>
    /// <exception cref="ProblemException">DV7009 names what the caller lacks there.</exception>
    public static void Require(Caller caller, IEnumerable<string> permissions, AccessTarget target)
    {
        var lacking = permissions.Where(p => !caller.Rights.May(p, target)).Order(StringComparer.Ordinal).ToList();
        if (lacking.Count > 0)
            throw new ProblemException(AccessProblems.ExceedsOwn(lacking));
    }
}
