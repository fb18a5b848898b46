namespace Davit.Model;

/// <summary>A value that is written and never read back; its versions are numbered.</summary>
public readonly record struct SecretId(Guid Value) : IId<SecretId>
{
    public static string Prefix => "sec";

    public static SecretId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One variable at one place.</summary>
public readonly record struct VariableId(Guid Value) : IId<VariableId>
{
    public static string Prefix => "var";

    public static VariableId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>A key that seals what is secret of one org.</summary>
public readonly record struct DataKeyId(Guid Value) : IId<DataKeyId>
{
    public static string Prefix => "dky";

    public static DataKeyId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}
