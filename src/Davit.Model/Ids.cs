namespace Davit.Model;

/// <summary>The tenant.</summary>
public readonly record struct OrgId(Guid Value) : IId<OrgId>
{
    public static string Prefix => "org";

    public static OrgId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>A group of apps inside an org.</summary>
public readonly record struct ProjectId(Guid Value) : IId<ProjectId>
{
    public static string Prefix => "prj";

    public static ProjectId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>What one manifest describes.</summary>
public readonly record struct AppId(Guid Value) : IId<AppId>
{
    public static string Prefix => "app";

    public static AppId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One environment of an app.</summary>
public readonly record struct EnvId(Guid Value) : IId<EnvId>
{
    public static string Prefix => "env";

    public static EnvId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One named process of an app.</summary>
public readonly record struct ServiceId(Guid Value) : IId<ServiceId>
{
    public static string Prefix => "svc";

    public static ServiceId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One immutable bundle of digests, manifest and provenance.</summary>
public readonly record struct ReleaseId(Guid Value) : IId<ReleaseId>
{
    public static string Prefix => "rel";

    public static ReleaseId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One move of an environment to a release.</summary>
public readonly record struct DeploymentId(Guid Value) : IId<DeploymentId>
{
    public static string Prefix => "dep";

    public static DeploymentId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One running copy of a service; chosen before anything runs, so starting it twice starts it once.</summary>
public readonly record struct InstanceId(Guid Value) : IId<InstanceId>
{
    public static string Prefix => "ins";

    public static InstanceId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One hostname and path, or one port.</summary>
public readonly record struct RouteId(Guid Value) : IId<RouteId>
{
    public static string Prefix => "rte";

    public static RouteId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One one-off command.</summary>
public readonly record struct RunId(Guid Value) : IId<RunId>
{
    public static string Prefix => "run";

    public static RunId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One exec session.</summary>
public readonly record struct ExecId(Guid Value) : IId<ExecId>
{
    public static string Prefix => "exs";

    public static ExecId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One request to the API.</summary>
public readonly record struct RequestId(Guid Value) : IId<RequestId>
{
    public static string Prefix => "req";

    public static RequestId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>The record of one accepted mutation.</summary>
public readonly record struct ReceiptId(Guid Value) : IId<ReceiptId>
{
    public static string Prefix => "rcp";

    public static ReceiptId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One uploaded source archive.</summary>
public readonly record struct UploadId(Guid Value) : IId<UploadId>
{
    public static string Prefix => "upl";

    public static UploadId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One API token or signing key.</summary>
public readonly record struct KeyId(Guid Value) : IId<KeyId>
{
    public static string Prefix => "key";

    public static KeyId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>Somebody or something that acts.</summary>
public readonly record struct ActorId(Guid Value) : IId<ActorId>
{
    public static string Prefix => "act";

    public static ActorId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One installation of Davit; the label that says which objects are ours.</summary>
public readonly record struct InstallationId(Guid Value) : IId<InstallationId>
{
    public static string Prefix => "inl";

    public static InstallationId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One copy of a volume elsewhere.</summary>
public readonly record struct BackupId(Guid Value) : IId<BackupId>
{
    public static string Prefix => "bkp";

    public static BackupId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One snapshot of a volume.</summary>
public readonly record struct SnapshotId(Guid Value) : IId<SnapshotId>
{
    public static string Prefix => "snp";

    public static SnapshotId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>One restore of a backup or snapshot, also one that only proves it.</summary>
public readonly record struct RestoreId(Guid Value) : IId<RestoreId>
{
    public static string Prefix => "rst";

    public static RestoreId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>A person.</summary>
public readonly record struct UserId(Guid Value) : IId<UserId>
{
    public static string Prefix => "usr";

    public static UserId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>A team of an org.</summary>
public readonly record struct TeamId(Guid Value) : IId<TeamId>
{
    public static string Prefix => "tea";

    public static TeamId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>A role that an org made itself.</summary>
public readonly record struct RoleId(Guid Value) : IId<RoleId>
{
    public static string Prefix => "rol";

    public static RoleId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>A role given to somebody on something.</summary>
public readonly record struct GrantId(Guid Value) : IId<GrantId>
{
    public static string Prefix => "grt";

    public static GrantId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>A principal that is no person, such as a pipeline.</summary>
public readonly record struct ServicePrincipalId(Guid Value) : IId<ServicePrincipalId>
{
    public static string Prefix => "spn";

    public static ServicePrincipalId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>A sign-in that lasts.</summary>
public readonly record struct SessionId(Guid Value) : IId<SessionId>
{
    public static string Prefix => "ses";

    public static SessionId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}

/// <summary>An invitation into an org.</summary>
public readonly record struct InvitationId(Guid Value) : IId<InvitationId>
{
    public static string Prefix => "ivt";

    public static InvitationId From(Guid value) => new(value);

    public override string ToString() => Id.Format(this);
}
