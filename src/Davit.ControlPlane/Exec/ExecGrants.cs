using System.Collections.Concurrent;
using Davit.ControlPlane.Access;
using Davit.Model;
using Davit.Model.Access;
using Davit.Wire;

namespace Davit.ControlPlane.Exec;

/// <param name="Org">A grant is only good inside the org it was given in.</param>
/// <param name="Target">The environment that the instance belongs to.</param>
internal sealed record Grant(ExecId Id, OrgId Org, string Actor, AccessTarget Target, string Instance, ExecRequest Request)
{
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Permissions to open one exec session once, within a minute. They die with the process, as the sessions do.</summary>
internal sealed class ExecGrants(TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<ExecId, Grant> _open = new();

    public Grant Give(Caller caller, string instance, ExecRequest request)
    {
        foreach (var old in _open.Values.Where(g => g.ExpiresAt < clock.GetUtcNow()))
            _open.TryRemove(old.Id, out _);

        var grant = new Grant(Id.New<ExecId>(clock), caller.Org, caller.Actor, caller.Target, instance, request) { ExpiresAt = clock.GetUtcNow() + GoodFor };
        _open[grant.Id] = grant;
        return grant;
    }

    /// <returns>Null when there is none, it was used, it has expired, or it is somebody else's.</returns>
    public Grant? Use(ExecId id, OrgId org, string actor) =>
        _open.TryGetValue(id, out var grant) && grant.Org == org && grant.Actor == actor && _open.TryRemove(id, out grant) && grant.ExpiresAt >= clock.GetUtcNow() ? grant : null;
}
