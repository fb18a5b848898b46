using Davit.ControlPlane.Hosting;
using Davit.Model;
using Davit.Store;
using Davit.Store.Configuring;

namespace Davit.ControlPlane.Keys;

/// <summary>Before anything else of the server starts: the master keys are usable, and every key that is in use is among them.</summary>
internal sealed class KeyCheck(ServerOptions options, Database database, IMasterKeys masters) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var used = await database.ReadAsync(db => DataKeyTable.MastersAsync(db, cancellationToken), cancellationToken);
        var known = await masters.KnownAsync(cancellationToken);
        if (known.Count is 0)
        {
            if (used.Count > 0)
                throw new ProblemException(SecretProblems.KeyMissing(options.Keys, used.Values.Sum()));
            MasterKeyFile.Make(options.Keys, 1);
            return;
        }

        var unknown = used.Keys.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            throw new ProblemException(SecretProblems.KeyUnknown(options.Keys, unknown));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
