using Davit.Model;
using Davit.Model.Access;
using Davit.Store.People;

namespace Davit.ControlPlane.Access;

/// <summary>Whoever a request comes from, as its token or cookie says. Closed.</summary>
internal abstract record Principal
{
    private Principal()
    {
    }

    /// <summary>How events and receipts name it.</summary>
    public abstract string Actor { get; }

    /// <summary>Networks that its token may be shown from; empty for any.</summary>
    public string[] Networks { get; init; } = [];

    public TokenLimits Limits { get; init; } = TokenLimits.None;

    /// <summary>Whoever can read the token file of the machine: owner of the first org, and operator.</summary>
    public sealed record Host(OrgId Org, string Name) : Principal
    {
        public override string Actor => Name;
    }

    /// <param name="Org">What a token was made for, or whose provider opened the session; null for one's own sign-in, which reaches every org of the person.</param>
    /// <param name="Session">Null for a token.</param>
    public sealed record Person(UserRow User, OrgId? Org, SessionRow? Session) : Principal
    {
        public override string Actor => User.Id.ToString();

        /// <summary>An org's provider vouches for him: what is the person's own, or the installation's, is not reached.</summary>
        public bool IsVouchedFor => Session is { OrgId: not null } || Provider is not null;

        /// <summary>The provider that opened the session, or the one in which the token was made.</summary>
        public ProviderId? Provider { get; init; }
    }

    public sealed record Service(ServicePrincipalId Id, OrgId Org) : Principal
    {
        public override string Actor => Id.ToString();
    }

    /// <summary>How rows refer to it; neither for the machine.</summary>
    public PrincipalRef Reference => this switch
    {
        Person person => new(person.User.Id, null) { ShowedNoFactor = person.Session is { HasSecondFactor: false } },
        Service service => new(null, service.Id),
        _ => new(null, null),
    };

    public bool HasSecondFactor => this is Host or Person { Session.HasSecondFactor: true };
}
