using System.Collections.Concurrent;
using Davit.ControlPlane.Secrets;
using Davit.Model;
using Davit.Planning.Instances;
using Davit.Planning.Wishes;
using Davit.Store;
using Davit.Store.Configuring;
using Davit.Store.Releasing;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Redacting;

/// <summary>
/// The one filter that everything written down passes. It knows what is set for an org, what serves there, and what this
/// process has delivered; what others set is learned within a second.
/// </summary>
internal sealed class Redaction(Database database, SecretReading secrets, KnownSecrets known, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<EnvId, OrgId> _orgs = new();
    private readonly ConcurrentDictionary<OrgId, DateTimeOffset> _looked = new();

    public async ValueTask<Redactor> OfAsync(EnvId env, CancellationToken ct)
    {
        if (!_orgs.TryGetValue(env, out var org))
        {
            if (await database.ReadAsync(db => EnvTable.GetAsync(db, env, ct), ct) is not { } row)
                return Redactor.None;
            org = _orgs[env] = row.OrgId;
        }

        return await OfAsync(org, ct);
    }

    public async ValueTask<Redactor> OfAsync(OrgId org, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var isFirst = !_looked.TryGetValue(org, out var last);
        if (isFirst || now - last > LookAgain)
            await LookAsync(org, isFirst, now, ct);
        return known.RedactorOf(org);
    }

    private async Task LookAsync(OrgId org, bool isFirst, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            if (isFirst)
                await LearnServingAsync(org, ct);
            await LearnStoredAsync(org, ct);
            _looked[org] = now;
        }
        catch (ProblemException e) when (!isFirst && e.Problem.Of.IsRetryable)
        {
            // Nobody sets anything while the database is away.
        }
    }

    private async Task LearnStoredAsync(OrgId org, CancellationToken ct)
    {
        foreach (var (name, pin) in await database.ReadAsync(db => SecretTable.PinsAsync(db, org, ct), ct))
            await LearnAsync(org, name, pin, ct);
    }

    /// <summary>What releases brought themselves; later ones are delivered by this process, or read when it starts.</summary>
    private async Task LearnServingAsync(OrgId org, CancellationToken ct)
    {
        foreach (var env in (await database.ReadAsync(db => EnvTable.AllAsync(db, ct), ct)).Where(e => e.OrgId == org && e.ServingId is not null))
        {
            if (await database.ReadAsync(db => DeploymentTable.GetAsync(db, env.ServingId!.Value, ct), ct) is not { Wish: { } wish })
                continue;
            foreach (var secret in WishJson.Read(wish).Services.SelectMany(s => s.Template.Files).Select(f => f.Content).OfType<FileContent.Secret>())
                await LearnAsync(org, secret.Name, secret.Version, ct);
        }
    }

    private async Task LearnAsync(OrgId org, string name, string version, CancellationToken ct)
    {
        if (known.Knows(org, version))
            return;
        try
        {
            // Reading is what makes it known.
            await secrets.LearnAsync(org, name, version, ct);
        }
        catch (Exception e) when (e is ProblemException or IOException)
        {
            // What does not open is delivered to nobody either.
        }
    }
}
