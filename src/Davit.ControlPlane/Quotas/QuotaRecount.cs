using System.Text.Json.Nodes;
using Davit.ControlPlane.Hosting;
using Davit.Model;
using Davit.Store;
using Davit.Store.Quotas;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Quotas;

/// <summary>Counts what orgs have anew. A counter that was wrong is put right, and it is an event.</summary>
internal sealed class QuotaRecount(Database database, TimeProvider clock)
{
    /// <returns>How many counters were wrong.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var wrong = 0;
        foreach (var envs in (await database.ReadAsync(db => EnvTable.AllAsync(db, ct), ct)).GroupBy(e => e.OrgId))
        {
            foreach (var env in envs)
                await database.WriteAsync(Cause(env.OrgId), w => EnvShares.SettleEndedAsync(w, env.Id, ct), ct);
        }

        foreach (var org in await database.ReadAsync(db => OrgTable.AllAsync(db, ct), ct))
            wrong += await RunAsync(org, ct);
        return wrong;
    }

    private Task<int> RunAsync(OrgId org, CancellationToken ct) => database.WriteAsync(Cause(org), async w =>
    {
        var wrong = await ShareTable.RecountAsync(w, ct);
        if (wrong.Count > 0)
            w.Record(new("quota.recounted", [org.ToString()], new JsonObject(wrong.Select(c => KeyValuePair.Create(c.Dimension, (JsonNode?)new JsonObject { ["before"] = c.Was, ["after"] = c.Is })))));
        return wrong.Count;
    }, ct);

    private Cause Cause(OrgId org) => new(org, "davitd", Id.New<RequestId>(clock).ToString(), org.ToString());
}

/// <summary>Recounts at the start and then every night, in one process at a time.</summary>
internal sealed partial class QuotaUpkeep(QuotaRecount recount, Database database, TimeProvider clock, ILogger<QuotaUpkeep> log) : LastingService(clock, log)
{
    // Any number, the same in every davitd.
    private const long TurnKey = 0x44_56_51_55;

    private static readonly TimeSpan Night = TimeSpan.FromHours(24);

    protected override async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Night, Clock);
        do
        {
            try
            {
                await using var turn = await AdvisoryTurn.TakeAsync(database, TurnKey, stoppingToken);
                if (turn is not null && await recount.RunAsync(stoppingToken) is > 0 and var wrong)
                    LogWrong(wrong);
            }
            catch (ProblemException e)
            {
                LogProblem(e.Problem.Code, e.Problem.Detail);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventId = 7301, Level = LogLevel.Error, Message = "{Wrong} counter(s) of quotas were wrong and have been put right")]
    private partial void LogWrong(int wrong);

    [LoggerMessage(EventId = 7302, Level = LogLevel.Warning, Message = "quotas could not be recounted: {Code} {Detail}")]
    private partial void LogProblem(string code, string detail);
}
