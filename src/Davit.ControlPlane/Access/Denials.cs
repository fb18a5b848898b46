using Davit.ControlPlane.Audit;
using Davit.Model;

namespace Davit.ControlPlane.Access;

/// <summary>What was refused, and to whom.</summary>
/// <param name="Answer">The status, 403 or 404.</param>
internal sealed record Denial(OrgId Org, string Actor, string RequestId, string Address, string Permission, string Resource, int Answer);

/// <summary>Records refused attempts in the org's log.</summary>
internal sealed class Denials(DenialFolding folding)
{
    public Task RecordAsync(Denial denial, CancellationToken ct) => folding.RecordAsync(denial, ct);
}
