using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV41: the database behind the API.</summary>
public static class StoreProblems
{
    /// <summary>Nothing can be read or written now.</summary>
    public const string UnreachableCode = "DV4101";

    /// <summary>Whoever meets it stops: another davitd acts in its place.</summary>
    public const string LeaseEndedCode = "DV4108";

    private static readonly ProblemCode StoreUnreachable = new(UnreachableCode, "store-unreachable", "The database cannot be reached", 503, IsRetryable: true);
    private static readonly ProblemCode StoreNewer = new("DV4102", "store-newer", "The database was written by a newer Davit", 500);
    private static readonly ProblemCode StoreNotMigrated = new("DV4103", "store-not-migrated", "The database has not been migrated", 500);
    private static readonly ProblemCode MigrationChanged = new("DV4104", "migration-changed", "An applied migration differs from this build's", 500);
    private static readonly ProblemCode ClusterNewer = new("DV4105", "cluster-newer", "The data directory belongs to a newer PostgreSQL", 500);
    private static readonly ProblemCode BinariesMissing = new("DV4106", "postgres-missing", "No PostgreSQL server binaries were found", 500);
    private static readonly ProblemCode ClusterFailed = new("DV4107", "postgres-failed", "The embedded PostgreSQL did not start", 500);
    private static readonly ProblemCode NoLongerHeld = new(LeaseEndedCode, "lease-ended", "The right to act has passed to somebody else", 409, IsRetryable: true);

    public static ImmutableArray<ProblemCode> All { get; } =
        [StoreUnreachable, StoreNewer, StoreNotMigrated, MigrationChanged, ClusterNewer, BinariesMissing, ClusterFailed, NoLongerHeld];

    public static Problem Unreachable() => new(
        StoreUnreachable,
        "PostgreSQL did not answer. Nothing was changed; instances and the edge go on serving.",
        "Check the server with 'davit doctor', then run the same command again.");

    public static Problem Newer(string migration) => new(
        StoreNewer,
        $"The database holds migration '{migration}', which this build does not know. It was left untouched.",
        "Start the newer davitd, or restore a backup made before the upgrade.");

    public static Problem NotMigrated(int pending) => new(
        StoreNotMigrated,
        $"{pending} migration(s) have not been applied. The server did not start and the database was left untouched.",
        "Run 'davitd migrate' with the same options, then start again.");

    public static Problem Changed(string migration) => new(
        MigrationChanged,
        $"Migration '{migration}' was applied with other content than this build carries. The database was left untouched.",
        "Use the build that applied it, or restore a backup.");

    public static Problem OlderServer(string data, int found, int ours) => new(
        ClusterNewer,
        $"{data} was created by PostgreSQL {found}; the newest server found here is {ours}. The directory was left untouched.",
        $"Install PostgreSQL {found} and start again: apt-get install postgresql-{found}");

    public static Problem NoBinaries(int oldest) => new(
        BinariesMissing,
        $"Neither 'initdb' nor 'postgres' of version {oldest} or newer was found on this machine. Nothing was created.",
        "Install them with 'apt-get install postgresql', or point DAVIT_DATABASE at a running server.");

    public static Problem DidNotStart(string log) => new(
        ClusterFailed,
        "The private PostgreSQL cluster did not accept connections in time. Its data directory was left as it is.",
        $"Read the last lines of {log}.");

    public static Problem LeaseEnded(string lease, string holder, long fence) => new(
        NoLongerHeld,
        $"{holder} held '{lease}' under fence {fence}, but did not renew it in time or another davitd holds it now. What it wanted to do was not done.",
        "Nothing needs to be done: the davitd that leads now goes on from where this one stopped. 'davit reconcile status' names it.");
}
