using Davit.Model;
using Davit.Model.Access;
using Davit.Store;
using Davit.Store.Access;

namespace Davit.ControlPlane.Access;

/// <summary>Who sent the request, and under which id it is followed through events, logs and receipts.</summary>
/// <param name="Org">The one that the path names; else the one that the principal belongs to longest.</param>
internal sealed record Caller(OrgId Org, string Actor, string RequestId)
{
    private static readonly object Item = new();

    public required Principal Principal { get; init; }

    public required Rights Rights { get; init; }

    /// <summary>What the path names.</summary>
    public required AccessTarget Target { get; init; }

    /// <summary>Where the request comes from.</summary>
    public required string Address { get; init; }

    /// <summary>Why the org that the path names is suspended; null when it is not.</summary>
    public string? SuspendedFor { get; init; }

    /// <summary>The idempotency key of a write whose answer is kept; null for reads and streams.</summary>
    public KeySpace? Key { get; init; }

    /// <exception cref="ProblemException">DV7003 when it is no person.</exception>
    public Principal.Person Person => Principal as Principal.Person ?? throw new ProblemException(AccessProblems.NoPerson());

    /// <param name="about">What the write is about; events of one thing share it.</param>
    public Cause Causes(string about) => new(Org, Actor, RequestId, about) { Address = Address };

    /// <summary>For what only shows in the body that it needs more.</summary>
    /// <exception cref="ProblemException">DV4003.</exception>
    public void Require(string permission, AccessTarget target)
    {
        if (!Rights.May(permission, target))
            throw new ProblemException(ApiProblems.NotPermitted(permission));
    }

    /// <returns>Which members of a list below what the path names may be seen; null for all.</returns>
    public Guid[]? Sees(string permission, ScopeLevel below) => Rights.Visible(permission, Target, below) is { } ids ? [.. ids] : null;

    public void Attach(HttpContext context) => context.Items[Item] = this;

    public static Caller? Of(HttpContext context) => context.Items[Item] as Caller;

    /// <summary>How minimal API handlers receive it as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));
}
