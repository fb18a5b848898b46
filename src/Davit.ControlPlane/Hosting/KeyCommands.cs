using Davit.ControlPlane.Keys;
using Davit.ControlPlane.Tokens;
using Davit.Store;
using Davit.Store.Resources;

namespace Davit.ControlPlane.Hosting;

/// <summary><c>davitd keys status</c> and <c>davitd keys rotate</c>: beside a server that runs, or without one.</summary>
internal static class KeyCommands
{
    public static async Task<int> RunAsync(ServerOptions options, bool rotate, CancellationToken ct)
    {
        await using var store = await ServerLife.OpenAsync(options, isLasting: false, ct);
        await using var database = new Database(store.Source, TimeProvider.System);
        var masters = new MasterKeyFiles(options);
        if (rotate)
        {
            await RotateAsync(new KeyRotation(options, database, masters, TimeProvider.System), ct);
            await RotateJwtKeyAsync(database, new JwtKeys(database, new SecretBox(new DataKeys(database, masters, TimeProvider.System)), TimeProvider.System), ct);
        }

        await ShowAsync(database, masters, ct);
        return 0;
    }

    private static async Task RotateAsync(KeyRotation rotation, CancellationToken ct)
    {
        var present = await rotation.BeginAsync(ct);
        var done = 0;
        while (await rotation.RewrapAsync(present, ct) is > 0 and var count)
            done += count;
        await System.Console.Out.WriteLineAsync($"{present} wraps {done} keys that another one did");
    }

    /// <summary>What the old key signed is good until it ends.</summary>
    private static async Task RotateJwtKeyAsync(Database database, JwtKeys keys, CancellationToken ct)
    {
        if (await database.ReadAsync(db => OrgTable.AllAsync(db, ct), ct) is [var first, ..] && await keys.RotateAsync(new Cause(first, "davitd", "keys-rotate", "keys-rotate"), ct) is { } id)
            await System.Console.Out.WriteLineAsync($"{id} signs JWTs from now on");
    }

    private static async Task ShowAsync(Database database, MasterKeyFiles masters, CancellationToken ct)
    {
        foreach (var key in (await new KeyReport(database, masters).MakeAsync(ct)).Items)
            await System.Console.Out.WriteLineAsync($"{key.Id}  {key.Wraps} keys{key.State switch { "present" => "  present", "unused" => "  unused: its file may go once no backup of the database needs it", "missing" => "  missing: put its file back", _ => "" }}");
    }
}
