using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Davit.ControlPlane.Hosting;
using Davit.Store;
using Npgsql;

namespace Davit.ControlPlane.SignIn;

/// <summary>
/// The code that makes whoever knows it the first owner: 128 bits, for a day, for five tries. The database has its hash, the
/// file its text; both are gone once there is an owner.
/// </summary>
internal sealed class SetupCode(ServerOptions options, TimeProvider clock)
{
    private const string Setting = "setup-code";
    private const int MostTries = 5;

    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    public string File => options.SetupFile;

    /// <summary>Makes a code unless a good one is there, and takes care that the file has it.</summary>
    /// <param name="anew">Also when a good one is there.</param>
    public async Task EnsureAsync(NpgsqlConnection db, bool anew, CancellationToken ct)
    {
        if (!anew && System.IO.File.Exists(File) && await ReadAsync(db, ct) is { } kept && kept.Until > clock.GetUtcNow() && kept.Fits((await System.IO.File.ReadAllTextAsync(File, ct)).Trim()))
            return;
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        await WriteAsync(db, new Kept(Hash(code), clock.GetUtcNow() + GoodFor, 0), ct);
        PrivateFile.Write(File, Encoding.ASCII.GetBytes(code));
    }

    public void Forget() => System.IO.File.Delete(File);

    /// <summary>
    /// Until the end of the transaction nobody else sets up. A wrong code is counted for good, so it is checked in a transaction
    /// of its own before anything else is done.
    /// </summary>
    public async Task<bool> TryAsync(Database database, string code, CancellationToken ct)
    {
        var (fits, isSpent) = await database.ReadAsync(async db =>
        {
            await using var transaction = await db.BeginTransactionAsync(ct);
            await db.ExecuteAsync(new CommandDefinition("select 1 from settings where name = @Setting for update", new { Setting }, cancellationToken: ct));
            if (await ReadAsync(db, ct) is not { } kept || kept.Until <= clock.GetUtcNow() || kept.Tries >= MostTries)
                return (false, false);
            if (kept.Fits(code))
                return (true, false);
            await WriteAsync(db, kept with { Tries = kept.Tries + 1 }, ct);
            await transaction.CommitAsync(ct);
            return (false, kept.Tries + 1 >= MostTries);
        }, ct);
        if (isSpent)
            await database.ReadAsync(async db => { await EnsureAsync(db, anew: true, ct); return true; }, ct);
        return fits;
    }

    /// <summary>Only the first that comes so far goes on.</summary>
    public static async Task<bool> TakeAsync(Writing writing, CancellationToken ct) =>
        await writing.Db.ExecuteAsync(new CommandDefinition("delete from settings where name = @Setting", new { Setting }, cancellationToken: ct)) is 1;

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    private static Task<int> WriteAsync(NpgsqlConnection db, Kept kept, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        "insert into settings (name, value) values (@Setting, @value) on conflict (name) do update set value = excluded.value", new { Setting, value = kept.ToText() }, cancellationToken: ct));

    private static async Task<Kept?> ReadAsync(NpgsqlConnection db, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition("select value from settings where name = @Setting", new { Setting }, cancellationToken: ct)) is { } text ? Kept.Of(text) : null;

    private sealed record Kept(string Hash, DateTimeOffset Until, int Tries)
    {
        public bool Fits(string code) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash), Encoding.ASCII.GetBytes(SetupCode.Hash(code)));

        public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Hash} {Until.ToUnixTimeSeconds()} {Tries}");

        public static Kept? Of(string text) => text.Split(' ') is [var hash, var until, var tries]
            ? new(hash, DateTimeOffset.FromUnixTimeSeconds(long.Parse(until, CultureInfo.InvariantCulture)), int.Parse(tries, CultureInfo.InvariantCulture)) : null;
    }
}
