using Davit.Client;
using Davit.Console;
using Davit.Console.Shell;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Apps;
using Davit.ControlPlane.Audit;
using Davit.ControlPlane.Content;
using Davit.ControlPlane.Deployments;
using Davit.ControlPlane.Disks;
using Davit.ControlPlane.Edges;
using Davit.ControlPlane.Envs;
using Davit.ControlPlane.Errors;
using Davit.ControlPlane.Events;
using Davit.ControlPlane.Exec;
using Davit.ControlPlane.Garbage;
using Davit.ControlPlane.Grants;
using Davit.ControlPlane.Hardening;
using Davit.ControlPlane.Keys;
using Davit.ControlPlane.Leases;
using Davit.ControlPlane.Limits;
using Davit.ControlPlane.Logs;
using Davit.ControlPlane.Members;
using Davit.ControlPlane.Orgs;
using Davit.ControlPlane.Passkeys;
using Davit.ControlPlane.Plans;
using Davit.ControlPlane.Principals;
using Davit.ControlPlane.Projects;
using Davit.ControlPlane.Quotas;
using Davit.ControlPlane.Receipts;
using Davit.ControlPlane.Reconciling;
using Davit.ControlPlane.Releases;
using Davit.ControlPlane.Releasing;
using Davit.ControlPlane.Roles;
using Davit.ControlPlane.Runs;
using Davit.ControlPlane.Server;
using Davit.ControlPlane.SignIn;
using Davit.ControlPlane.SignOn;
using Davit.ControlPlane.Sourcing;
using Davit.ControlPlane.Teams;
using Davit.ControlPlane.Things;
using Davit.ControlPlane.Tokens;
using Davit.ControlPlane.Uploads;
using Davit.ControlPlane.Variables;
using Davit.ControlPlane.Volumes;
using Davit.Drivers;
using Davit.Edge.Control;
using Davit.Store;

namespace Davit.ControlPlane.Hosting;

/// <summary>Puts the server together: the only place that knows every part.</summary>
internal static class ServerHost
{
    public static WebApplication Build(ServerOptions options, Database database, Installation installation, IRuntimeDriver driver, Action<IServiceCollection>? more = null)
    {
        // Nothing is read from wherever it was started; and to watch for settings below "/" is to walk through every directory of the machine.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders().AddSimpleConsole(c => (c.SingleLine, c.UseUtcTimestamp, c.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ "));
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => Listening.Configure(kestrel, options));
        builder.Services.AddOpenApi(OpenApiDocument.Describe);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.AllowOutOfOrderMetadataProperties = true;
            json.SerializerOptions.MaxDepth = 64;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
        });

        // Otherwise what cannot be bound is answered with an empty body outside of development.
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddSingleton(options).AddSingleton(database).AddSingleton(installation).AddSingleton(driver).AddSingleton(new ServerStart(TimeProvider.System.GetUtcNow()));
        AddParts(builder.Services, options);
        builder.Services.AddSingleton<IChanges, ConsoleChanges>();
        builder.Services.AddConsole(new ConsoleLink(new ServerAddress($"unix://{options.ApiSocket}"), SessionTokens.Cookie));
        more?.Invoke(builder.Services);

        var app = builder.Build();
        Guard(app);
        Map(app);

        // Otherwise the endpoints are only known to the document of a server that has started.
        app.UseEndpoints(static _ => { });
        Permissions.RequireEverywhere(((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints));
        return app;
    }

    /// <summary>In the order of what they cost: whatever is refused is refused before more work is done for it.</summary>
    private static void Guard(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<ProblemAnswers>();
        app.UseMiddleware<TrustedProxies>();
        app.UseRouting();
        app.UseMiddleware<RateLimits>();
        app.UseMiddleware<RequestBounds>();
        app.UseMiddleware<OriginCheck>();
        app.UseMiddleware<Authentication>();
        app.UseMiddleware<OrgGate>();
        app.UseWebSockets();
        app.UseMiddleware<RequestTime>();
        app.UseMiddleware<Idempotency>();
    }

    private static void Map(WebApplication app)
    {
        app.MapServer();
        app.MapEdge();
        MapPeople(app);
        app.MapOrgs();
        app.MapOrgLife();
        app.MapThings();
        app.MapProjects();
        app.MapApps();
        app.MapEnvs();
        app.MapProtection();
        app.MapTraffic();
        app.MapDrift();
        app.MapReconcile();
        app.MapUploads();
        app.MapReleases();
        app.MapDeployments();
        app.MapCanaries();
        app.MapLogs();
        app.MapEvents();
        app.MapAudit();
        app.MapLimits();
        app.MapQuotas();
        app.MapReceipts();
        app.MapExec();
        app.MapRuns();
        app.MapGarbage();
        app.MapVolumes();
        app.MapBackups();
        app.MapSnapshots();
        app.MapConfiguration();
        app.MapKeys();
        app.MapConsole().OpenToAll().Finally(page =>
        {
            if (page.Metadata.OfType<Lives>().Any())
                page.Metadata.Add(new Lasting());
        });
    }

    private static void MapPeople(WebApplication app)
    {
        app.MapSetup();
        app.MapSessions();
        app.MapProfile();
        app.MapPasskeys();
        app.MapDevices();
        app.MapMembers();
        app.MapInvitations();
        app.MapInvitationImports();
        app.MapTeams();
        app.MapRoles();
        app.MapGrants();
        app.MapAccess();
        app.MapTokens();
        app.MapJwts();
        app.MapPrincipals();
        app.MapProviders();
        app.MapSignOn();
        app.MapTrust();
    }

    internal static void AddParts(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Denials>().AddSingleton<Authorisation>().AddSingleton<AccessSignals>().AddSingleton<AccessGuard>().AddSingleton<Heard>();
        services.AddSingleton(_ => AccountKey.LoadOrMake(options)).AddSingleton<BreachedPasswords>().AddSingleton<Passwords>().AddSingleton<Factors>().AddSingleton<Sessions>().AddSingleton<SignInDoor>().AddSingleton<Prover>();
        services.AddPasskeys(options);
        services.AddSingleton<JwtKeys>().AddSingleton<Jwts>().AddSingleton<Outbound>().AddSingleton<Issuers>().AddSingleton<TokenExchange>();
        services.AddSingleton<ProviderSecrets>().AddSingleton<ProviderDrafts>().AddSingleton<ProviderTalk>().AddSingleton<Admission>().AddSingleton<SignOnDoor>();
        services.AddSingleton<SetupCode>().AddSingleton<SetupParts>().AddSingleton<JoinParts>().AddSingleton<AccessParts>().AddSingleton<DeviceParts>();
        services.AddSingleton(_ => SigningKey.LoadOrMake(options)).AddSingleton<ReceiptWriter>();
        services.AddSingleton<SourceSealing>().AddSingleton<SourceReading>().AddSingleton<FileGathering>();
        services.AddSingleton<ContentStore>().AddSingleton<TreeWatch>().AddSingleton<GitSource>().AddSingleton<SourceResolver>();
        services.AddSingleton<DiskGauge>().AddSingleton<IDiskGauge>(s => s.GetRequiredService<DiskGauge>()).AddSingleton<DiskGuard>().AddSingleton<DiskReserve>().AddSingleton<DiskReactions>();
        services.AddSingleton<GarbageLook>().AddSingleton<Removal>().AddSingleton<Collector>().AddSingleton<Collections>().AddSingleton<UploadParts>();
        services.AddSingleton(_ => BackupTargets.Of(options)).AddSingleton(_ => BackupKey.LoadOrMake(options)).AddSingleton<Sealing>().AddSingleton<VolumeAccess>().AddSingleton<BackupParts>();
        services.AddSingleton<SnapshotWork>().AddSingleton<BackupWork>().AddSingleton<RestoreWork>().AddSingleton<BackupRetention>().AddSingleton<VolumeTurns>().AddSingleton<VolumeReading>().AddSingleton<TargetWatch>();
        services.AddSingleton<ImagePulls>().AddSingleton<ImageMaker>().AddSingleton<WishMaker>().AddSingleton<ReleaseReading>().AddSingleton<ReleaseMaker>();
        services.AddSingleton(_ => new EdgeControlClient(options.EdgeSocket)).AddSingleton<EdgeSlices>();
        services.AddSingleton<LogStore>().AddSingleton<LogCollector>().AddSingleton<LogReading>();
        services.AddConfiguring();
        services.AddSingleton<Observer>().AddSingleton<StepRunner>().AddSingleton<CommandRunner>().AddSingleton<Diagnosis>();
        services.AddSingleton<DeploymentJournal>().AddSingleton<DriftWatch>().AddSingleton<SteadyKeeping>().AddSingleton<RolloutDriver>().AddSingleton<MakingParts>().AddSingleton<WorkerFactory>();
        services.AddSingleton<IEffectWitness, NoWitness>().AddSingleton<EffectGate>().AddSingleton<LeaseKeeper>().AddSingleton<Leadership>();
        services.AddSingleton<WorkSignals>().AddSingleton<EventSignals>().AddSingleton<ReconcileService>();
        services.AddSingleton<Checkpoints>().AddSingleton<AuditPack>().AddSingleton<AuditStretches>().AddSingleton<AuditRetention>().AddSingleton<DenialFolding>().AddSingleton<AuditParts>();
        services.AddSingleton(new Buckets()).AddSingleton<OrgPolicies>().AddSingleton<LimitParts>().AddSingleton<QuotaRecount>();
        services.AddSingleton<Writers>().AddSingleton<DeploymentWatch>().AddSingleton<EventReaders>().AddSingleton<LogReaders>().AddSingleton<ExecParts>();
        services.AddSingleton<Places>().AddSingleton<StatusReading>().AddSingleton<StoredWishes>().AddSingleton<Forecasts>().AddSingleton<PlanMaker>().AddSingleton<DeploymentIntake>().AddSingleton<ExecGrants>();
        services.AddHostedService<KeyCheck>().AddHostedService(s => s.GetRequiredService<BreachedPasswords>()).AddHostedService(s => s.GetRequiredService<LeaseKeeper>()).AddHostedService<EdgeProcess>();
        services.AddHostedService(s => s.GetRequiredService<ReconcileService>()).AddHostedService<MakingService>().AddHostedService<LogService>();
        services.AddHostedService<RuntimeWatch>().AddHostedService<NotificationListener>().AddHostedService<KeyUpkeep>().AddHostedService<OrgUpkeep>().AddHostedService<MemoryUpkeep>();
        services.AddHostedService<AuditUpkeep>().AddHostedService<QuotaUpkeep>();
        services.AddHostedService<VolumeService>().AddHostedService(s => s.GetRequiredService<TargetWatch>()).AddHostedService<DiskWatch>().AddHostedService(s => s.GetRequiredService<Collections>());
    }
}
