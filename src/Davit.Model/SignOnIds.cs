namespace Davit.Model;

/// <summary>A key that JWTs are signed with; its text is their <c>kid</c>.</summary>
public readonly record struct JwtKeyId(Guid Value) : IId<JwtKeyId>
{
    public static string Prefix => "jwk";

    public static JwtKeyId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>An identity provider of an org.</summary>
public readonly record struct ProviderId(Guid Value) : IId<ProviderId>
{
    public static string Prefix => "idp";

    public static ProviderId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>Whom a provider means by one of its subjects.</summary>
public readonly record struct IdentityId(Guid Value) : IId<IdentityId>
{
    public static string Prefix => "idn";

    public static IdentityId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>Which identity tokens a service principal's tokens are given for.</summary>
public readonly record struct TrustRuleId(Guid Value) : IId<TrustRuleId>
{
    public static string Prefix => "trl";

    public static TrustRuleId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>A passkey of somebody.</summary>
public readonly record struct PasskeyId(Guid Value) : IId<PasskeyId>
{
    public static string Prefix => "pky";

    public static PasskeyId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}
