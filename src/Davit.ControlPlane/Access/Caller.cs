using Davit.Model;
using Davit.Store;
using Davit.Store.Access;

namespace Davit.ControlPlane.Access;

/// <summary>Who sent the request, and under which id it is followed through events, logs and receipts.</summary>
internal sealed record Caller(OrgId Org, string Actor, string RequestId)
{
    private static readonly object Item = new();

    /// <summary>The idempotency key of a write whose answer is kept; null for reads and streams.</summary>
    public KeySpace? Key { get; init; }

    /// <param name="about">What the write is about; events of one thing share it.</param>
    public Cause Causes(string about) => new(Org, Actor, RequestId, about) { Address = Address };

    /// <summary>Where the request came from.</summary>
    public string Address { get; init; } = "";

    public void Attach(HttpContext context) => context.Items[Item] = this;

    /// <summary>How minimal API handlers receive it as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Items[Item] as Caller);
}
