using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;

namespace Davit.ControlPlane.Apps;

/// <summary>What every writing handler works with.</summary>
internal sealed record Writers(Places Places, Database Database, ReceiptWriter Receipts, TimeProvider Clock);

/// <summary>A deletion names the version it was made for, and the thing's name once more.</summary>
internal sealed record Destruction(long? ExpectedVersion, string? Confirm)
{
    /// <returns>The expected version.</returns>
    /// <exception cref="ProblemException">DV4018 or DV4009.</exception>
    public long Check(string name, long version)
    {
        if (Confirm != name)
            throw new ProblemException(ApiProblems.Confirm(name));
        return ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(version));
    }
}
