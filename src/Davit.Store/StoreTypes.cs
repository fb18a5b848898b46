using System.Data;
using System.Text.Json;
using Dapper;
using Davit.Model;

namespace Davit.Store;

/// <summary>How our types travel to and from PostgreSQL: ids as <c>uuid</c>, instants as <c>timestamptz</c>, states as <c>jsonb</c>.</summary>
internal static class StoreTypes
{
    private static bool _registered;

    public static void Register()
    {
        if (Interlocked.Exchange(ref _registered, true))
            return;

        DefaultTypeMap.MatchNamesWithUnderscores = true;
        Add<OrgId>();
        Add<ProjectId>();
        Add<AppId>();
        Add<EnvId>();
        Add<ReleaseId>();
        Add<DeploymentId>();
        Add<InstanceId>();
        Add<RouteId>();
        Add<ServiceId>();
        Add<ReceiptId>();
        Add<UploadId>();
        Add<KeyId>();
        Add<BackupId>();
        Add<RestoreId>();
        Add<SnapshotId>();
        AddPeople();
        Add<SecretId>();
        Add<VariableId>();
        Add<DataKeyId>();
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new JsonHandler<DeploymentState>());
        SqlMapper.AddTypeHandler(new JsonHandler<Problem>());
        SqlMapper.AddTypeHandler(new JsonHandler<People.ProviderPolicy>());
        SqlMapper.AddTypeHandler(new JsonHandler<People.PasskeyCredential>());
        SqlMapper.AddTypeHandler(new JsonHandler<People.TrustConditions>());
        SqlMapper.AddTypeHandler(new JsonHandler<IReadOnlyList<PhaseRecord>>());
        SqlMapper.AddTypeHandler(new JsonHandler<IReadOnlyDictionary<string, int>>());
    }

    private static void AddPeople()
    {
        Add<UserId>();
        Add<TeamId>();
        Add<RoleId>();
        Add<GrantId>();
        Add<ServicePrincipalId>();
        Add<SessionId>();
        Add<InvitationId>();
        Add<JwtKeyId>();
        Add<ProviderId>();
        Add<IdentityId>();
        Add<PasskeyId>();
        Add<TrustRuleId>();
    }

    private static void Add<T>() where T : struct, IId<T> => SqlMapper.AddTypeHandler(new IdHandler<T>());
}

internal sealed class IdHandler<T> : SqlMapper.TypeHandler<T> where T : struct, IId<T>
{
    public override T Parse(object value) => T.From((Guid)value);

    public override void SetValue(IDbDataParameter parameter, T value) => parameter.Value = value.Value;
}

internal sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
{
    public override DateTimeOffset Parse(object value) => new((DateTime)value, TimeSpan.Zero);

    // PostgreSQL keeps microseconds; cutting here keeps what is written equal to what is read.
    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) =>
        parameter.Value = new DateTime(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}

internal sealed class JsonHandler<T> : SqlMapper.TypeHandler<T>
{
    public override T Parse(object value) => JsonSerializer.Deserialize<T>((string)value, DavitJson.Options)!;

    public override void SetValue(IDbDataParameter parameter, T? value) => parameter.Value = JsonSerializer.Serialize(value, DavitJson.Options);
}
