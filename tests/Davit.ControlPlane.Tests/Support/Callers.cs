using Davit.ControlPlane.Access;
using Davit.Model;
using Davit.Model.Access;

namespace Davit.ControlPlane.Tests.Support;

/// <summary>Callers for what is called past the API.</summary>
internal static class Callers
{
    public static Caller Owner(OrgId org, string actor, string requestId) => new(org, actor, requestId)
    {
        Principal = new Principal.Host(org, actor),
        Rights = new Rights([new("host", BuiltInRoles.Owner, BuiltInRoles.PermissionsOf(BuiltInRoles.Owner), AccessTarget.Of(org).Chain)], TokenLimits.None, isOperator: true, new Circumstances(_ => true, true)),
        Target = AccessTarget.Of(org),
        Address = "127.0.0.1",
    };
}
