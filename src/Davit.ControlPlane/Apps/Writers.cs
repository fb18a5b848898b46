using System.Text.Json;
using Davit.ControlPlane.Access;
using Davit.ControlPlane.Receipts;
using Davit.Model;
using Davit.Store;
using Davit.Store.Access;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Davit.ControlPlane.Apps;

/// <summary>What every writing handler works with.</summary>
internal sealed class Writers(Places places, Database database, ReceiptWriter receipts, TimeProvider clock, IOptions<JsonOptions> json)
{
    public Places Places => places;

    public Database Database => database;

    public ReceiptWriter Receipts => receipts;

    public TimeProvider Clock => clock;

    /// <summary>
    /// One transaction holds the change, its events, its receipt and the answer that a repeat with the same idempotency key
    /// gets: a process that dies before it has answered leaves either all of them or none.
    /// </summary>
    /// <param name="about">What the write is about; events of one thing share it.</param>
    public Task<TAnswer> WriteAsync<TAnswer>(Caller caller, string about, Func<Writing, Task<TAnswer>> work, CancellationToken ct)
        where TAnswer : IStatusCodeHttpResult, IValueHttpResult => database.WriteAsync(caller.Causes(about), async w =>
    {
        var answer = await work(w);
        if (caller.Key is { } key)
            await KeepAsync(w, key, answer, ct);
        return answer;
    }, ct);

    private async Task KeepAsync<TAnswer>(Writing writing, KeySpace key, TAnswer answer, CancellationToken ct) where TAnswer : IStatusCodeHttpResult, IValueHttpResult
    {
        var text = JsonSerializer.Serialize(answer.Value, json.Value.SerializerOptions);
        if (!await IdempotencyKeys.AnswerAsync(writing.Db, key, answer.StatusCode ?? StatusCodes.Status200OK, text, ct))
            throw new ProblemException(ApiProblems.StillRunning());
    }
}

/// <summary>A deletion names the version it was made for, and the thing's name once more.</summary>
internal sealed record Destruction(long? ExpectedVersion, string? Confirm)
{
    /// <returns>The expected version.</returns>
    /// <exception cref="ProblemException">DV4018 or DV4009.</exception>
    public long Check(string name, long version)
    {
        if (Confirm != name)
            throw new ProblemException(ApiProblems.Confirm(name));
        return ExpectedVersion ?? throw new ProblemException(ApiProblems.NeedsVersion(version));
    }
}
