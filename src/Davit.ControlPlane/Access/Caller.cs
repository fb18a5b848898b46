using Davit.Model;
using Davit.Store;

namespace Davit.ControlPlane.Access;

/// <summary>Who sent the request, and under which id it is followed through events, logs and receipts.</summary>
internal sealed record Caller(OrgId Org, string Actor, string RequestId)
{
    private static readonly object Key = new();

    /// <param name="about">What the write is about; events of one thing share it.</param>
    public Cause Causes(string about) => new(Org, Actor, RequestId, about);

    public void Attach(HttpContext context) => context.Items[Key] = this;

    /// <summary>How minimal API handlers receive it as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Items[Key] as Caller);
}
